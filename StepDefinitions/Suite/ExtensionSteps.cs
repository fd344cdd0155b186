using Shouldly;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The adapter of the extension, tried on packages made by hand.</summary>
[Binding]
public sealed class ExtensionSteps(HandmadePackage package, ChildRun child)
{
    private ChildRunResult _run = null!;

    /// <summary>The reference engine in its guise.</summary>
    [Given(@"^a package that is not the extension but has the catalogue of its (older|newer) versions$")]
    public void GivenStandIn(string age) => package.WriteStandIn(age);

    /// <summary>The same, broken on purpose.</summary>
    [Given(@"^a package that is not the extension but has the catalogue of its (older|newer) versions, "
        + @"and the seeded fault ""(.*)""$")]
    public void GivenFault(string age, string fault) => package.WriteStandIn(age, SeededFault.Named(fault));

    /// <summary>A folder without files.</summary>
    [Given(@"^an empty package$")]
    public void GivenEmpty() => Directory.GetFiles(package.Folder).ShouldBeEmpty();

    /// <summary>As if it were for another machine.</summary>
    [Given(@"^a package whose library is not a library$")]
    public void GivenWrongLibrary() => package.WriteWrongLibrary();

    /// <summary>An extension of that name and nothing in it.</summary>
    [Given(@"^a package that makes no TVIEWs$")]
    public void GivenOther() => package.Write();

    /// <summary>By a tag, in a process and on a server of their own.</summary>
    [When(@"^the scenarios tagged ""(.*)"" run with that package$")]
    public async Task WhenTagged(string tag) => _run = await RunAsync($"Category={tag}");

    /// <summary>By their names.</summary>
    [When(@"^the scenarios called ""(.*)"" run with that package$")]
    public async Task WhenCalled(string words) =>
        _run = await RunAsync($"{ScenarioId.FilterOf(words)}&Category!=suite");

    /// <summary>All rows of it.</summary>
    [Then(@"^""([^""]*)"" passed$")]
    public void ThenPassed(string scenario) => Lines(scenario).ShouldAllBe(l => l.Outcome == "passed", _run.Output);

    /// <summary>With its reason.</summary>
    [Then(@"^""([^""]*)"" was skipped, because ""(.*)""$")]
    public void ThenSkipped(string scenario, string reason) =>
        Lines(scenario).ShouldAllBe(l => l.Outcome == "skipped" && l.Problem!.Contains(reason), _run.Output);

    /// <summary>Some row of it.</summary>
    [Then(@"^""([^""]*)"" failed with ""(.*)""$")]
    public void ThenFailed(string scenario, string finding) =>
        Lines(scenario).ShouldContain(l => l.Outcome == "failed" && l.Problem!.Contains(finding), _run.Output);

    /// <summary>Of all that ran.</summary>
    [Then(@"^none failed$")]
    public void ThenNone() => _run.Lines.ShouldAllBe(l => l.Outcome != "failed", _run.Output);

    /// <summary>Before any scenario.</summary>
    [Then(@"^the run was refused with ""(.*)""$")]
    public void ThenRefused(string sentence) => _run.Output.ShouldContain(sentence);

    private Task<ChildRunResult> RunAsync(string filter) =>
        child.StartAsync(
            Path.Combine(package.Folder, "artifacts"),
            filter,
            new()
            {
                ["SPECS_ENGINE"] = "extension",
                ["SPECS_EXTENSION"] = package.Folder,
                ["SPECS_HOST"] = "local",
            }
        );

    private List<ScenarioLine> Lines(string scenario)
    {
        var lines = _run.Lines.Where(l => l.Scenario.Name == scenario).ToList();
        lines.ShouldNotBeEmpty(_run.Output);
        return lines;
    }
}

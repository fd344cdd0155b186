using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Drivers;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>Folders of engines: what is refused, and how features run with one.</summary>
[Binding]
public sealed class EngineFolderSteps(HandmadeEngine engine, ChildRun child, Refusal refusal, ScenarioDatabase database)
{
    private ChildRunResult _run = null!;

    [Given(@"^a copy of the engine ""(.*)"" in a folder$")]
    public void GivenCopy(string name) => engine.Copy(name);

    [Given(@"^its file ""(.*)"" is (.*)$")]
    public void GivenFile(string file, string text) => engine.Change(file, text);

    [Given(@"^""(.*)"" is known of ""(.*)"", because ""(.*)""$")]
    public void GivenKnown(string finding, string scenario, string because) =>
        engine.Declare(finding, scenario, because);

    [When(@"^the engine is installed in the scenario's database$")]
    public Task WhenInstalled() => refusal.OfAsync(() =>
        TviewEngine.Of(EngineFolder.Of(engine.Folder), null).InstallAsync(database.Connection));

    [When(@"^the engine ""(.*)"" is read$")]
    public Task WhenRead(string name) => refusal.OfAsync(() => Task.FromResult(EngineFolder.Of(name)));

    /// <summary>In a process and on a server of their own.</summary>
    [When(@"^the scenarios called ""(.*)"" run with that folder$")]
    public async Task WhenRun(string words) =>
        _run = await child.StartAsync(
            Path.Combine(engine.Folder, "artifacts"),
            // Never this scenario itself, whatever its title says.
            $"{ScenarioId.FilterOf(words)}&Category!=suite",
            new() { ["SPECS_ENGINE"] = engine.Folder, ["SPECS_HOST"] = "local" }
        );

    [Then(@"^each of them passed$")]
    public void ThenPassed() => ThenEnded("passed", "");

    [Then(@"^each of them is known, because ""(.*)""$")]
    public void ThenKnown(string because) => ThenEnded("known", because);

    [Then(@"^each of them failed with ""(.*)""$")]
    public void ThenFailed(string finding) => ThenEnded("failed", finding);

    private void ThenEnded(string outcome, string problem)
    {
        _run.Lines.ShouldNotBeEmpty(_run.Output);
        _run.Lines.ShouldAllBe(l => l.Outcome == outcome && (l.Problem ?? "").Contains(problem), _run.Output);
    }
}

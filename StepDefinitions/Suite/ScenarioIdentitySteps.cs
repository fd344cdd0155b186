using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The command that repeats a failure.</summary>
[Binding]
public sealed partial class ScenarioIdentitySteps(Run run, ChildRun child)
{
    // Its title is that of a scenario in many features.
    private readonly ScenarioId _scenario =
        FeatureText.All().Single(f => f.Title == "Two sessions create the same TVIEW").Scenarios[0].Id;

    private ChildRunResult _run = null!;

    /// <summary>In a process and on a server of its own.</summary>
    [When(@"^the command is run that repeats a failure of the scenario in which two sessions create the same TVIEW$")]
    public async Task WhenRepeated()
    {
        var failed = new ScenarioResult(new ScenarioLine(_scenario, "failed", 1, "a finding"), []);
        var words = Filter().Match(failed.Replay).Groups[1].Value;
        _run = await child.StartAsync(run.NewFolder("again"), ScenarioId.FilterOf(words), []);
    }

    /// <summary>By its feature, its title and its row.</summary>
    [Then(@"^that scenario ran and no other$")]
    public void ThenAlone() => _run.Lines.Select(l => l.Scenario).ShouldBe([_scenario], _run.Output);

    [GeneratedRegex(@" --filter ""(.*?)""")]
    private static partial Regex Filter();
}

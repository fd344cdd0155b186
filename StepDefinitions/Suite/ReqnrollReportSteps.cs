using System.Text.RegularExpressions;
using Io.Cucumber.Messages.Types;
using Reqnroll.Formatters.PayloadProcessing;
using Shouldly;
using Specs.Support.Cli;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>Reqnroll's own messages and page, of a run within the run.</summary>
[Binding]
public sealed partial class ReqnrollReportSteps(Run run, ChildRun child)
{
    private readonly string _folder = run.NewFolder("reqnroll");
    private string _feature = "";
    private ChildRunResult _run = null!;
    private List<Envelope> _messages = [];

    /// <summary>In a process and on a server of its own.</summary>
    [When(@"^the feature ""(.*)"" runs with the seeded fault ""(.*)""$")]
    public async Task WhenRun(string feature, string fault)
    {
        _feature = feature;
        _run = await child.StartAsync(
            _folder,
            ScenarioId.FilterOf(feature),
            new(FeatureRun.ReqnrollReportsIn(_folder))
            {
                ["SPECS_FAULT"] = fault,
                ["REQNROLL_FORMATTERS_DISABLED"] = null,
            }
        );
        var messages = Path.Combine(_folder, FeatureRun.ReqnrollMessages);
        _messages = [.. File.ReadLines(messages).Select(NdjsonSerializer.Deserialize)];
    }

    /// <summary>Those that were started; the file may say more scenarios than were asked for.</summary>
    [Then(@"^Reqnroll's messages hold its (\d+) scenarios with all their steps, as they stand in the feature file$")]
    public void ThenScenarios(int scenarios)
    {
        var written = FeatureText.All().Single(f => f.Title == _feature).Scenarios;
        Played.Count.ShouldBe(scenarios);
        Played.Select(p => string.Join('\n', p.Pickle.Steps.Select(s => s.Text))).Order()
            .ShouldBe(written.Select(s => string.Join('\n', s.Steps.Select(t => t.Text))).Order());
        Played.ShouldAllBe(p => p.Ended.Count == p.Pickle.Steps.Count);
    }

    /// <summary>By the outcome of each step.</summary>
    [Then(@"^(\d+) of them passed, and (\d+) failed at ""(.*)""$")]
    public void ThenOutcomes(int passed, int failed, string step)
    {
        Played.Count(p => p.Ended.All(e => e.Outcome == TestStepResultStatus.PASSED)).ShouldBe(passed);
        Played.SelectMany(p => p.Ended).Where(e => e.Outcome == TestStepResultStatus.FAILED).Select(e => e.Step)
            .ShouldBe(Enumerable.Repeat(step, failed));
    }

    /// <summary>Scenarios and rows.</summary>
    [Then(@"^they ran in the order of the feature file$")]
    public void ThenOrder() => _run.Lines.Select(l => l.Scenario)
        .ShouldBe(FeatureText.All().Single(f => f.Title == _feature).Scenarios.Select(s => s.Id));

    /// <summary>They are embedded there.</summary>
    [Then(@"^Reqnroll's page holds the same messages$")]
    public void ThenPage()
    {
        var page = File.ReadAllText(Path.Combine(_folder, FeatureRun.ReqnrollPage));
        StepEnds().Count(page).ShouldBe(_messages.Count(m => m.TestStepFinished is not null));
        Played.ShouldAllBe(p => page.Contains(p.Pickle.Id, StringComparison.Ordinal));
    }

    // Each scenario with the outcomes of its steps; what hooks did has no step in the file.
    private List<(Pickle Pickle, List<(string Step, TestStepResultStatus Outcome)> Ended)> Played =>
        [
            .. _messages
                .Select(m => m.TestCase)
                .OfType<TestCase>()
                .Select(test =>
                {
                    var pickle = _messages.Select(m => m.Pickle).OfType<Pickle>().Single(p => p.Id == test.PickleId);
                    var started = _messages
                        .Select(m => m.TestCaseStarted)
                        .OfType<TestCaseStarted>()
                        .Single(s => s.TestCaseId == test.Id);
                    var ends = _messages
                        .Select(m => m.TestStepFinished)
                        .OfType<TestStepFinished>()
                        .Where(f => f.TestCaseStartedId == started.Id);
                    return (
                        pickle,
                        test.TestSteps.Where(s => s.PickleStepId is not null)
                            .Select(s =>
                                (
                                    pickle.Steps.Single(p => p.Id == s.PickleStepId).Text,
                                    ends.Single(f => f.TestStepId == s.Id).TestStepResult.Status
                                )
                            )
                            .ToList()
                    );
                }),
        ];

    [GeneratedRegex(@"{""testStepFinished"":")]
    private static partial Regex StepEnds();
}

using System.Text.Json;
using Shouldly;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>What limits say of figures that were written by hand.</summary>
[Binding]
public sealed class LimitSteps(Run run, ChildRun child)
{
    private List<WorkloadMetrics> _figures = [];
    private List<Limit> _limits = [];
    private ChildRunResult _run = null!;

    /// <summary>An empty number is no limit.</summary>
    [Given(@"^limits$")]
    public void GivenLimits(DataTable table) =>
        _limits = [
            .. table.Rows.Select(r => new Limit(
                r["figure"],
                r["most"].Length == 0 ? null : HandmadeFigures.Number(r["most"]),
                r["scenario"].Length == 0 ? null : r["scenario"],
                null,
                "by hand"
            )),
        ];

    /// <summary>Latencies in milliseconds.</summary>
    [Given(@"^figures of workloads$")]
    public void GivenFigures(DataTable table) =>
        _figures = [
            .. table.Rows.Select(r =>
                HandmadeFigures.Row(r["scenario"], 100, HandmadeFigures.Number(r["p50"]), 0, 0) with
                {
                    Deadlocks = (int)HandmadeFigures.Number(r["deadlocks"]),
                    P95LatencyMs = HandmadeFigures.Number(r["p95"]),
                }
            ),
        ];

    /// <summary>The verdict of one limit.</summary>
    [Then(@"^the limit of (\S+) is judged (\w+)(| because "".*"")$")]
    public void ThenLimit(string figure, string verdict, string because)
    {
        var result = Limits.Check(_limits, _figures).Single(r => r.Claim.EndsWith(figure, StringComparison.Ordinal));
        result.Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true), result.ToString());
        string.Join('\n', result.Findings)
            .ShouldContain(because.Replace(" because ", "", StringComparison.Ordinal).Trim('"'));
    }

    /// <summary>In a process and on a server of its own.</summary>
    [When(@"^the feature ""(.*)"" runs with the limit that in ""(.*)"" the (.*) is (\d+)$")]
    public async Task WhenRun(string feature, string scenario, string figure, double most)
    {
        var folder = run.NewFolder("limits");
        var limits = Path.Combine(folder, "limits.json");
        await File.WriteAllTextAsync(
            limits,
            JsonSerializer.Serialize(
                new[]
                {
                    new
                    {
                        figure,
                        most,
                        scenario,
                        why = "by hand",
                    },
                }
            )
        );
        _run = await child.StartAsync(folder, ScenarioId.FilterOf(feature), new() { ["SPECS_LIMITS"] = limits });
    }

    /// <summary>With its reason.</summary>
    [Then(@"^its scenario ""(.*)"" failed because of ""(.*)""$")]
    public void ThenFailed(string scenario, string because)
    {
        var failed = _run.Lines.Where(l => l.Outcome == "failed").ShouldHaveSingleItem();
        failed.Scenario.Title.ShouldContain(scenario);
        failed.Problem.ShouldNotBeNull().ShouldContain(because);
    }

    /// <summary>As the report and the test runner count them.</summary>
    [Then(@"^its other (\d+) scenarios passed, and no other failure is told$")]
    public void ThenOthers(int passed)
    {
        _run.Lines.Count(l => l.Outcome == "passed").ShouldBe(passed);
        _run.Output.ShouldMatch($@"Failed: +1, Passed: +{passed},");
    }

    /// <summary>The settings file that comes with the suite.</summary>
    [Then(@"^limits.json limits (.*) and (.*)$")]
    public void ThenOwnLimits(string others, string last) =>
        Limits.Read(run.Options.Limits!).Select(l => l.Figure).Distinct().ShouldBe([.. others.Split(", "), last]);
}

using Shouldly;
using Specs.Support.Checks;
using Specs.Support.Hooks;
using Specs.Support.Metrics;

namespace Specs.StepDefinitions.Suite;

/// <summary>What limits say of figures that were written by hand.</summary>
[Binding]
public sealed class LimitSteps
{
    private List<WorkloadMetrics> _figures = [];
    private List<Limit> _limits = [];

    /// <summary>An empty number is no limit.</summary>
    [Given(@"^limits$")]
    public void GivenLimits(DataTable table) => _limits = [.. table.Rows.Select(r => new Limit(r["figure"],
        r["most"].Length == 0 ? null : HandmadeFigures.Number(r["most"]), r["scenario"].Length == 0 ? null : r["scenario"], null, "by hand"))];

    /// <summary>Latencies in milliseconds.</summary>
    [Given(@"^figures of workloads$")]
    public void GivenFigures(DataTable table) => _figures = [.. table.Rows.Select(r => HandmadeFigures.Row(r["scenario"], 100, HandmadeFigures.Number(r["p50"]), 0, 0) with
    {
        Deadlocks = (int)HandmadeFigures.Number(r["deadlocks"]),
        P95LatencyMs = HandmadeFigures.Number(r["p95"]),
    })];

    /// <summary>The verdict of one limit.</summary>
    [Then(@"^the limit of (\S+) is judged (\w+)(| because "".*"")$")]
    public void ThenLimit(string figure, string verdict, string because)
    {
        var result = Limits.Check(_limits, _figures).Single(r => r.Contract.EndsWith(figure, StringComparison.Ordinal));
        result.Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true), result.ToString());
        string.Join('\n', result.Findings).ShouldContain(because.Replace(" because ", "", StringComparison.Ordinal).Trim('"'));
    }

    /// <summary>The settings file that comes with the suite.</summary>
    [Then(@"^limits.json limits (.*), (.*) and (.*)$")]
    public void ThenOwnLimits(string first, string second, string third) =>
        Limits.Read(RunHooks.Current.Options.Limits).Select(l => l.Figure).Distinct().ShouldBe([first, second, third]);
}

using Shouldly;
using Specs.Support.Metrics;

namespace Specs.StepDefinitions.Suite;

/// <summary>
/// The comparison of two runs, and the sum of what began together, on figures that were written by hand.
/// </summary>
[Binding]
public sealed class ComparisonSteps
{
    private List<WorkloadMetrics> _before = [];
    private List<WorkloadMetrics> _after = [];

    /// <summary>One repetition, with the noise within it.</summary>
    [Given(@"^a workload ""(.*)"" of a first run with (\d+) sessions at (\d+) ms, within (\d+) to (\d+) ms$")]
    public void GivenFirst(string name, int sessions, double median, double low, double high) =>
        _before = [HandmadeFigures.Row(name, sessions, median, low, high)];

    /// <summary>One repetition, with the noise within it.</summary>
    [Given(@"^the same workload of a second run with (\d+) sessions at (\d+) ms, within (\d+) to (\d+) ms$")]
    public void GivenSecond(int sessions, double median, double low, double high) =>
        _after = [HandmadeFigures.Row(_before[0].TestName, sessions, median, low, high)];

    /// <summary>Several repetitions.</summary>
    [Given(@"^a workload ""(.*)"" of a first run with (\d+) sessions at ([\d, and]+) ms$")]
    public void GivenFirstRepeated(string name, int sessions, string medians) =>
        _before = [.. HandmadeFigures.Numbers(medians).Select(m => HandmadeFigures.Row(name, sessions, m, m, m))];

    /// <summary>Several repetitions.</summary>
    [Given(@"^the same workload of a second run with (\d+) sessions at ([\d, and]+) ms$")]
    public void GivenSecondRepeated(int sessions, string medians) =>
        _after = [
            .. HandmadeFigures
                .Numbers(medians)
                .Select(m => HandmadeFigures.Row(_before[0].TestName, sessions, m, m, m)),
        ];

    /// <summary>Counted, not timed.</summary>
    [Given(@"^a workload ""(.*)"" of a first run that wrote (\d+) bytes of WAL for each transaction$")]
    public void GivenFirstWal(string name, double bytes) =>
        _before = [HandmadeFigures.Row(name, 1, 1, 1, 1) with { WalBytes = bytes }];

    /// <summary>Counted, not timed.</summary>
    [Given(@"^the same workload of a second run that wrote (\d+) bytes$")]
    public void GivenSecondWal(double bytes) => _after = [_before[0] with { WalBytes = bytes }];

    /// <summary>By the change of its WAL.</summary>
    [Then(@"^its WAL is judged (\w+)$")]
    public void ThenWalJudged(string verdict) =>
        Comparison.Of(_before, _after).Single(c => c.Figure == "WAL bytes").Verdict.ShouldBe(verdict);

    /// <summary>Any other.</summary>
    [Given(@"^the second run was on another machine$")]
    public void GivenMachine() => _after = [.. _after.Select(r => r with { Machine = "another" })];

    /// <summary>Of the change of p50; what cannot be compared has one verdict for all figures.</summary>
    [Then(@"^its median latency is judged (\w+)$")]
    public void ThenJudged(string verdict) =>
        Comparison.Of(_before, _after).Single(c => c.Figure is "p50 ms" or "all").Verdict.ShouldBe(verdict);

    /// <summary>With the reason.</summary>
    [Then(@"^nothing can be said about it, because ""(.*)""$")]
    public void ThenUnknown(string why)
    {
        var change = Comparison.Of(_before, _after).ShouldHaveSingleItem();
        change.Verdict.ShouldBe("unknown");
        change.Why.ShouldContain(why);
    }

    /// <summary>The first loads of two machines.</summary>
    [Given(@"^first loads of (\d+) sessions that ran 1000 transactions in (\d+) s, "
        + @"and of (\d+) sessions that ran 1000 in (\d+) s$")]
    public void GivenFirstLoads(int sessions, double seconds, int others, double longer) =>
        _after = [
            HandmadeFigures.Row("load", sessions, 1, 1, 1) with
            {
                Seconds = seconds,
            },
            HandmadeFigures.Row("load", others, 1, 1, 1) with
            {
                Seconds = longer,
            },
        ];

    /// <summary>Their figures together.</summary>
    [Then(@"^together they are (\d+) sessions with (\d+) transactions at (\d+) a second, all at work for (\d+) s$")]
    public void ThenTogether(string sessions, string transactions, string rate, string seconds)
    {
        var together = CommonStart.Of("noon", _after);
        together.Rows.ShouldHaveSingleItem().ShouldBe(["load", "2", sessions, transactions, "0", "0", "5", rate]);
        together.Caption.ShouldEndWith($"all of them worked for {seconds} s");
    }
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Specs.Support.Checks;
using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Hooks;
using Specs.Support.Metrics;
using Specs.Support.Reports;

namespace Specs.StepDefinitions.Suite;

/// <summary>Rules about figures, on figures that were written by hand.</summary>
[Binding]
public sealed class FigureSteps
{
    private readonly Load _nothing = new([], TimeSpan.FromSeconds(1), new History([]));
    private List<WorkloadMetrics> _before = [];
    private List<WorkloadMetrics> _after = [];
    private List<Limit> _limits = [];
    private Pace? _pace;
    private string _log = "";

    /// <summary>One repetition, with the noise within it.</summary>
    [Given(@"^a workload ""(.*)"" of a first run with (\d+) sessions at (\d+) ms, within (\d+) to (\d+) ms$")]
    public void GivenFirst(string name, int sessions, double median, double low, double high) => _before = [Row(name, sessions, median, low, high)];

    /// <summary>One repetition, with the noise within it.</summary>
    [Given(@"^the same workload of a second run with (\d+) sessions at (\d+) ms, within (\d+) to (\d+) ms$")]
    public void GivenSecond(int sessions, double median, double low, double high) => _after = [Row(_before[0].TestName, sessions, median, low, high)];

    /// <summary>Several repetitions.</summary>
    [Given(@"^a workload ""(.*)"" of a first run with (\d+) sessions at ([\d, and]+) ms$")]
    public void GivenFirstRepeated(string name, int sessions, string medians) => _before = [.. Numbers(medians).Select(m => Row(name, sessions, m, m, m))];

    /// <summary>Several repetitions.</summary>
    [Given(@"^the same workload of a second run with (\d+) sessions at ([\d, and]+) ms$")]
    public void GivenSecondRepeated(int sessions, string medians) => _after = [.. Numbers(medians).Select(m => Row(_before[0].TestName, sessions, m, m, m))];

    /// <summary>Any other.</summary>
    [Given(@"^the second run was on another machine$")]
    public void GivenMachine() => _after = [.. _after.Select(r => r with { Machine = "another" })];

    /// <summary>Of the change of p50; what cannot be compared has one verdict for all figures.</summary>
    [Then(@"^its median latency is judged (\w+)$")]
    public void ThenJudged(string verdict) => Comparison.Of(_before, _after).Single(c => c.Figure is "p50 ms" or "all").Verdict.ShouldBe(verdict);

    /// <summary>With the reason.</summary>
    [Then(@"^nothing can be said about it, because ""(.*)""$")]
    public void ThenUnknown(string why)
    {
        var change = Comparison.Of(_before, _after).ShouldHaveSingleItem();
        change.Verdict.ShouldBe("unknown");
        change.Why.ShouldContain(why);
    }

    /// <summary>An empty number is no limit.</summary>
    [Given(@"^limits$")]
    public void GivenLimits(DataTable table) => _limits = [.. table.Rows.Select(r => new Limit(r["figure"],
        r["most"].Length == 0 ? null : Number(r["most"]), r["scenario"].Length == 0 ? null : r["scenario"], null, "by hand"))];

    /// <summary>Latencies in milliseconds.</summary>
    [Given(@"^figures of workloads$")]
    public void GivenFigures(DataTable table) => _after = [.. table.Rows.Select(r => Row(r["scenario"], 100, Number(r["p50"]), 0, 0) with
    {
        Deadlocks = (int)Number(r["deadlocks"]),
        P95LatencyMs = Number(r["p95"]),
    })];

    /// <summary>The verdict of one limit.</summary>
    [Then(@"^the limit of (\S+) is judged (\w+)(| because "".*"")$")]
    public void ThenLimit(string figure, string verdict, string because)
    {
        var result = Limits.Check(_limits, _after).Single(r => r.Contract.EndsWith(figure, StringComparison.Ordinal));
        result.Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true), result.ToString());
        string.Join('\n', result.Findings).ShouldContain(because.Replace(" because ", "", StringComparison.Ordinal).Trim('"'));
    }

    /// <summary>The settings file that comes with the suite.</summary>
    [Then(@"^limits.json limits (.*), (.*) and (.*)$")]
    public void ThenOwnLimits(string first, string second, string third) =>
        Limits.Read(RunHooks.Current.Options.Limits).Select(l => l.Figure).Distinct().ShouldBe([first, second, third]);

    /// <summary>The conclusion in words.</summary>
    [Then(@"^(\d+) failures in (\d+) repetitions mean ""(.*)""$")]
    public void ThenProves(int failed, int runs, string sentence) => Confidence.Sentence(runs, failed).ShouldBe(sentence);

    /// <summary>An open load.</summary>
    [Given(@"^(\d+) sessions that begin (\d+) transactions a second$")]
    public void GivenPace(int sessions, int rate) => _pace = new Pace(rate, sessions, 0);

    /// <summary>By the pace.</summary>
    [Then(@"^transaction (\d+) of session (\d+) is due after (\d+) ms$")]
    public void ThenDue(int iteration, int session, int milliseconds) => _pace.ShouldNotBeNull().Due(session, iteration).ShouldBe(Ticks(milliseconds));

    /// <summary>From when it was due, not from when it began.</summary>
    [Then(@"^a transaction that was due at (\d+) ms, began at (\d+) ms and ended at (\d+) ms took (\d+) ms$")]
    public void ThenTook(int due, int start, int end, int latency) =>
        new Operation(1, "insert", Ticks(start), Ticks(end), Outcome.Ok, null, 1, false, null) { Due = Ticks(due) }.Milliseconds.ShouldBe(latency);

    /// <summary>As PostgreSQL writes it with the suite's log_line_prefix.</summary>
    [Given(@"^a server's log with these lines$")]
    public void GivenLog(DataTable table) => _log = string.Join('\n', table.Rows.Select(r => r["line"]));

    /// <summary>The longest first.</summary>
    [Then(@"^these waits are told$")]
    public void ThenWaits(DataTable table)
    {
        var told = LockWait.TableOf(LockWait.In(_log));
        told.Header.ShouldBe(table.Header);
        told.Rows.Select(r => string.Join(" | ", r)).ShouldBe(table.Rows.Select(r => string.Join(" | ", r.Values)));
    }

    /// <summary>By their numbers.</summary>
    [Then(@"^of (\d+) repetitions shard (\d+/\d+) has ([\d, and]+)$")]
    public void ThenShard(string repetitions, string shard, string numbers) => Repetitions.Of(RunOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["REPEAT"] = repetitions, ["SHARD"] = shard }).Build())).Select(r => (double)r).ShouldBe(Numbers(numbers));

    /// <summary>The first loads of two machines.</summary>
    [Given(@"^first loads of (\d+) sessions that ran 1000 transactions in (\d+) s, and of (\d+) sessions that ran 1000 in (\d+) s$")]
    public void GivenFirstLoads(int sessions, double seconds, int others, double longer) =>
        _after = [Row("load", sessions, 1, 1, 1) with { Seconds = seconds }, Row("load", others, 1, 1, 1) with { Seconds = longer }];

    /// <summary>Their figures together.</summary>
    [Then(@"^together they are (\d+) sessions with (\d+) transactions at (\d+) a second, all at work for (\d+) s$")]
    public void ThenTogether(string sessions, string transactions, string rate, string seconds)
    {
        var together = CommonStart.Of("noon", _after);
        together.Rows.ShouldHaveSingleItem().ShouldBe(["load", "2", sessions, transactions, "0", "0", "5", rate]);
        together.Caption.ShouldEndWith($"all of them worked for {seconds} s");
    }

    private WorkloadMetrics Row(string name, int sessions, double median, double low, double high) =>
        WorkloadMetrics.Of(_nothing, new Setting(name, 1, "direct", "", 1, null, "by hand", "", 1), 0) with
        {
            Connections = sessions,
            Ok = 1000,
            OpsPerSecLow = 1,
            OpsPerSecHigh = 1,
            P50LatencyMs = median,
            P50LatencyLowMs = low,
            P50LatencyHighMs = high,
        };

    private static IEnumerable<double> Numbers(string list) => list.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ").Select(Number);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long Ticks(int milliseconds) => milliseconds * Stopwatch.Frequency / 1000;
}

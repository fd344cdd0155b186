using System.Globalization;
using Shouldly;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Metrics;

namespace Specs.StepDefinitions.Suite;

/// <summary>Checks on histories that were written by hand.</summary>
[Binding]
public sealed class HistorySteps
{
    private History _history = new([]);
    private double[] _latencies = [];

    /// <summary>
    /// Times are ticks; an outcome is ok, or an SQLSTATE, with the word retried where another attempt followed.
    /// </summary>
    [Given(@"^a history$")]
    public void GivenHistory(DataTable table)
    {
        var operations = table.Rows.Select(row =>
        {
            var outcome = row["outcome"].Split(' ');
            var ok = outcome[0] == "ok";
            return new Operation(Number(row["session"]), row["kind"], Number(row["start"]), Number(row["end"]),
                ok ? Outcome.Ok : Outcome.Failed, ok ? null : outcome[0], 1, outcome.Length > 1, null);
        }).ToList();
        _history = new History(operations);
    }

    /// <summary>Latencies in milliseconds.</summary>
    [Given(@"^the latencies ([\d, and]+) ms$")]
    public void GivenLatencies(string list) =>
        _latencies = [
            .. list.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ").Select(n => (double)Number(n)),
        ];

    /// <summary>The measured overlap.</summary>
    [Then(@"^its largest overlap is (\d+)$")]
    public void ThenOverlap(int most) => _history.LargestOverlap().ShouldBe(most);

    /// <summary>The verdict on the overlap.</summary>
    [Then(@"^an overlap of at least (\d+) is judged (\w+)(| because "".*"")$")]
    public void ThenConcurrency(int least, string verdict, string because) =>
        Concurrency.Check(Load(1), least).ShouldBeJudged(verdict, because);

    /// <summary>The verdict on completion.</summary>
    [Then(@"^completion of (\d+) transactions? each is judged (\w+)(| because "".*"")$")]
    public void ThenCompletion(int times, string verdict, string because) =>
        new Completion().Check(Load(times)).ShouldBeJudged(verdict, because);

    /// <summary>The verdict on the audits.</summary>
    [Then(@"^the audits are judged (\w+)(| because "".*"")$")]
    public void ThenAudits(string verdict, string because) =>
        new Audits().Check([Load(1)]).ShouldBeJudged(verdict, because);

    /// <summary>Nearest rank.</summary>
    [Then(@"^percentile (\d+) is (\d+) ms$")]
    public void ThenPercentile(int percent, int value) =>
        WorkloadMetrics.Percentile(_latencies, percent).ShouldBe(value);

    private LoadResult Load(int times) => new(
        [.. _history.Work.Select(o => o.Session).Distinct().Select(_ => times)], TimeSpan.FromSeconds(1), _history);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

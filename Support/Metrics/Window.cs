using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Metrics;

/// <summary>What happened in one of the equal parts into which the time of a workload is cut.</summary>
/// <param name="Start">Its begin, in seconds from the workload's first operation.</param>
/// <param name="Seconds">How long it is.</param>
/// <param name="Latencies">Of the transactions that committed in it, in milliseconds, in ascending order.</param>
/// <param name="MostInFlight">The largest number of transactions in flight at one moment of it.</param>
/// <param name="Retried">Attempts that failed in it and were tried again.</param>
/// <param name="Deadlocks">Attempts that ended in it with 40P01.</param>
public sealed record Window(
    double Start,
    double Seconds,
    IReadOnlyList<double> Latencies,
    int MostInFlight,
    int Retried,
    int Deadlocks
)
{
    /// <summary>Committed transactions a second.</summary>
    public double OpsPerSec => Latencies.Count / Seconds;

    /// <summary>Cuts the time of a workload, from its first operation's start to its last one's end.</summary>
    /// <param name="history">What ran; the auditors are left out.</param>
    /// <param name="count">How many windows.</param>
    /// <returns>The windows in order; none where nothing ran.</returns>
    public static IReadOnlyList<Window> Cut(History history, int count)
    {
        var work = history.Work.ToList();
        if (work.Count == 0)
        {
            return [];
        }

        var first = work[0].Start;
        var width = Math.Max(1, (work.Max(o => o.End) - first + count) / count);
        var ended = work.ToLookup(o => (o.End - first) / width);
        var seconds = (double)width / Stopwatch.Frequency;
        return [.. Enumerable.Range(0, count).Select(i => new Window(i * seconds, seconds,
            [.. ended[i].Where(o => o.Outcome == Outcome.Ok).Select(o => o.Milliseconds).Order()],
            new History(work.Where(o => o.Start < first + ((i + 1) * width) && o.End >= first + (i * width))
                .Select(o => o with { Start = Math.Max(o.Start, first + (i * width)) })).LargestOverlap(),
            ended[i].Count(o => o.Retried),
            ended[i].Count(o => o.SqlState == "40P01")))];
    }
}

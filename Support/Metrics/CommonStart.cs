using System.Globalization;
using Specs.Support.Contracts;

namespace Specs.Support.Metrics;

/// <summary>
/// What several machines did to one server from the same moment on: the first load of each of their runs.
/// </summary>
public static class CommonStart
{
    /// <summary>The line of a run's banner that tells the moment.</summary>
    public const string BannerName = "start";

    /// <summary>Their figures together, from that moment to the end of the last of them.</summary>
    /// <param name="start">The moment, in words.</param>
    /// <param name="loads">The first load of each machine.</param>
    public static EvidenceTable Of(string start, IReadOnlyList<WorkloadMetrics> loads)
    {
        var (shortest, longest) = (loads.Min(l => l.Seconds), loads.Max(l => l.Seconds));
        return new EvidenceTable($"The first load of each of {Text(loads.Count)} runs, which began together at "
            + $"{start}; all of them worked for {Text(shortest)} s",
            ["scenario", "runs", "sessions", "transactions", "failed", "deadlocks", "seconds", "tx/s"],
            [
                [
                    string.Join(" + ", loads.Select(l => l.TestName).Distinct()),
                    Text(loads.Count),
                    Text(loads.Sum(l => l.Connections)),
                    Text(loads.Sum(l => l.Ok)),
                    Text(loads.Sum(l => l.Failed)),
                    Text(loads.Sum(l => l.Deadlocks)),
                    Text(longest),
                    Text(loads.Sum(l => l.Ok) / longest),
                ],
            ]
        );
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}

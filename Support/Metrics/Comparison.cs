using System.Globalization;

namespace Specs.Support.Metrics;

/// <summary>One figure of one workload in two runs.</summary>
/// <param name="Workload">The scenario, and which of its workloads.</param>
/// <param name="Figure">tx/s, p50 ms or p95 ms.</param>
/// <param name="Before">The median over the first run's repetitions; null where there is none.</param>
/// <param name="After">The same in the second run.</param>
/// <param name="Verdict">slower, faster, same or unknown.</param>
/// <param name="Why">Why nothing can be said, else the two intervals.</param>
public sealed record Change(string Workload, string Figure, double? Before, double? After, string Verdict, string Why);

/// <summary>
/// What became slower from one run to another. A change counts where the two 95 % intervals have nothing in common (see
/// <see cref="Bootstrap"/>) and the medians differ by at least 5 %, or 2 % of what is counted and not timed. The
/// interval of a workload that ran five times or more is that of its median over the repetitions; of one that ran less
/// often, the hull of the intervals within the runs, which knows nothing of the noise from run to run.
/// </summary>
public static class Comparison
{
    /// <summary>From so many repetitions on, the noise is that between them.</summary>
    public const int Enough = 5;

    private const double Relevant = 0.05;

    /// <summary>
    /// By which share what is counted must differ: the same work is the same, but for where rows lie.
    /// </summary>
    public const double RelevantCount = 0.02;

    private static readonly (
        string Name,
        bool MoreIsBetter,
        double Relevant,
        Func<WorkloadMetrics, double?> Value,
        Func<WorkloadMetrics, Interval> Within
    )[] Figures =
    [
        ("tx/s", true, Relevant, m => m.OpsPerSec, m => Of(m.OpsPerSecLow, m.OpsPerSecHigh)),
        ("p50 ms", false, Relevant, m => m.P50LatencyMs, m => Of(m.P50LatencyLowMs, m.P50LatencyHighMs)),
        ("p95 ms", false, Relevant, m => m.P95LatencyMs, m => Of(m.P95LatencyLowMs, m.P95LatencyHighMs)),
        ("WAL bytes", false, RelevantCount, m => m.WalBytes, m => Of(m.WalBytes, m.WalBytes)),
        ("tuples", false, RelevantCount, m => m.Tuples, m => Of(m.Tuples, m.Tuples)),
        ("buffers", false, RelevantCount, m => m.Buffers, m => Of(m.Buffers, m.Buffers)),
    ];

    /// <summary>Compares the workloads that both runs have.</summary>
    /// <param name="before">The rows of the first run, or of a stored baseline.</param>
    /// <param name="after">The rows of the second run.</param>
    public static IReadOnlyList<Change> Of(IReadOnlyList<WorkloadMetrics> before, IReadOnlyList<WorkloadMetrics> after)
    {
        var then = before.ToLookup(NameOf);
        return
        [
            .. after
                .GroupBy(NameOf)
                .Where(now => then[now.Key].Any())
                .SelectMany(now => Compare(now.Key, [.. then[now.Key]], [.. now])),
        ];
    }

    private static IEnumerable<Change> Compare(string name, List<WorkloadMetrics> before, List<WorkloadMetrics> after)
    {
        if (Differences(before, after) is { Length: > 0 } differences)
        {
            return [new Change(name, "all", null, null, "unknown", "cannot be compared: " + differences)];
        }

        // Where a rate was asked for, the throughput is that rate.
        return Figures.Where(f => after[0].Rate is null || !f.MoreIsBetter).Where(IsMeasured).Select(f =>
        {
            var (a, b) = (Median(before.Select(f.Value)), Median(after.Select(f.Value)));
            var (then, now) = (IntervalOf(before, f.Value, f.Within), IntervalOf(after, f.Value, f.Within));
            if (a is null || b is null || !double.IsFinite(then.Low + then.High + now.Low + now.High))
            {
                return new Change(name, f.Name, a, b, "unknown", "nothing was committed");
            }

            var changed = then.IsApartFrom(now) && Math.Abs(b.Value - a.Value) >= f.Relevant * a.Value;
            return new Change(
                name,
                f.Name,
                a,
                b,
                !changed ? "same"
                    : b > a == f.MoreIsBetter ? "faster"
                    : "slower",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{then.Low:0.#} to {then.High:0.#}, then {now.Low:0.#} to {now.High:0.#}"
                )
            );
        });

        // Most workloads are timed only, and so are all of a baseline that is older than the counts.
        bool IsMeasured(
            (string, bool, double Relevant, Func<WorkloadMetrics, double?> Value, Func<WorkloadMetrics, Interval>) f) =>
            f.Relevant != RelevantCount
            || before.Exists(m => f.Value(m) is not null) && after.Exists(m => f.Value(m) is not null);
    }

    private static string Differences(List<WorkloadMetrics> before, List<WorkloadMetrics> after) =>
        string.Join(
            ", ",
            new (string Name, Func<WorkloadMetrics, object?> Value)[]
            {
                ("machine", m => m.Machine),
                ("sessions", m => m.Connections),
                ("route", m => m.Route),
                ("isolation", m => m.Isolation),
                ("rate", m => m.Rate ?? (object)"as fast as they can"),
                ("engine", m => m.Engine),
                ("server", m => m.ServerVersion),
                ("TVIEWs", m => m.Tviews),
            }
                .Select(p => (p.Name, Then: Values(before, p.Value), Now: Values(after, p.Value)))
                .Where(p => p.Then != p.Now)
                .Select(p => $"{p.Name} was {p.Then} and is {p.Now}")
        );

    private static string Values(List<WorkloadMetrics> rows, Func<WorkloadMetrics, object?> value) =>
        string.Join(
            " and ",
            rows.Select(r => Convert.ToString(value(r), CultureInfo.InvariantCulture))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    private static Interval IntervalOf(
        List<WorkloadMetrics> rows,
        Func<WorkloadMetrics, double?> value,
        Func<WorkloadMetrics, Interval> within
    )
    {
        var values = rows.Select(value).OfType<double>().ToList();
        return values.Count >= Enough ? Bootstrap.Of(values, v => Median(v.Select(x => (double?)x)) ?? double.NaN)
            : new Interval(rows.Min(r => within(r).Low), rows.Max(r => within(r).High));
    }

    private static double? Median(IEnumerable<double?> values) =>
        values.OfType<double>().Order().ToList() is { Count: > 0 } sorted
            ? WorkloadMetrics.Percentile(sorted, 50)
            : null;

    private static Interval Of(double? low, double? high) => new(low ?? double.NaN, high ?? double.NaN);

    private static string NameOf(WorkloadMetrics row) =>
        row.TestName + (row.Workload > 1 ? $", workload {row.Workload}" : "");
}

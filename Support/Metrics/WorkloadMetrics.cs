using System.Globalization;
using System.Runtime.InteropServices;
using CsvHelper.Configuration.Attributes;
using Specs.Support.Fleet;
using OptionalAttribute = CsvHelper.Configuration.Attributes.OptionalAttribute;

namespace Specs.Support.Metrics;

/// <summary>What a workload was, beside what happened in it.</summary>
/// <param name="Test">The scenario.</param>
/// <param name="Workload">Its number within the scenario, from 1.</param>
/// <param name="Route">How the sessions reached the server.</param>
/// <param name="Isolation">The isolation levels of its transactions.</param>
/// <param name="Tviews">How many TVIEWs the engine kept up to date meanwhile; 0 for plain tables.</param>
/// <param name="Rate">How many transactions a second were asked for; null where every session went as fast as it
/// could.</param>
/// <param name="Engine">The engine.</param>
/// <param name="ServerVersion">The server's version.</param>
/// <param name="Seed">The seed with which it can be had again.</param>
public sealed record Setting(
    string Test,
    int Workload,
    string Route,
    string Isolation,
    int Tviews,
    int? Rate,
    string Engine,
    string ServerVersion,
    int Seed
);

/// <summary>The figures of one workload: a row of the metrics file. The plan's seven columns come first.</summary>
public sealed record WorkloadMetrics
{
    /// <summary>When the workload ended, in seconds since 1970 (UTC).</summary>
    [Name("timestamp")] public required long Timestamp { get; init; }

    /// <summary>The scenario.</summary>
    [Name("test_name")] public required string TestName { get; init; }

    /// <summary>How many sessions worked.</summary>
    [Name("connections")] public required int Connections { get; init; }

    /// <summary>Committed transactions for each second from the common start to the end of the last session.</summary>
    [Name("ops_per_sec"), Format("0.##")] public required double OpsPerSec { get; init; }

    /// <summary>
    /// The mean latency of committed transactions, in milliseconds; empty where none committed, as are the others.
    /// </summary>
    [Name("avg_latency_ms"), Format("0.###")] public required double? AvgLatencyMs { get; init; }

    /// <summary>Their 95th percentile, exact.</summary>
    [Name("p95_latency_ms"), Format("0.###")] public required double? P95LatencyMs { get; init; }

    /// <summary>How many operations ended with 40P01.</summary>
    [Name("deadlocks")] public required int Deadlocks { get; init; }

    /// <summary>The median, exact.</summary>
    [Name("p50_latency_ms"), Format("0.###")] public required double? P50LatencyMs { get; init; }

    /// <summary>The 99th percentile, exact.</summary>
    [Name("p99_latency_ms"), Format("0.###")] public required double? P99LatencyMs { get; init; }

    /// <summary>The slowest.</summary>
    [Name("max_latency_ms"), Format("0.###")] public required double? MaxLatencyMs { get; init; }

    /// <summary>Transactions that committed.</summary>
    [Name("ok")] public required int Ok { get; init; }

    /// <summary>Transactions that failed for good.</summary>
    [Name("failed")] public required int Failed { get; init; }

    /// <summary>Attempts that failed and were tried again.</summary>
    [Name("retried")] public required int Retried { get; init; }

    /// <summary>Transactions of which nobody knows whether they committed.</summary>
    [Name("indeterminate")] public required int Indeterminate { get; init; }

    /// <summary>How many attempts ended with which SQLSTATE, for example "40001:12 40P01:1".</summary>
    [Name("sqlstates")] public required string SqlStates { get; init; }

    /// <summary>The largest number of transactions in flight at one moment.</summary>
    [Name("largest_overlap")] public required int LargestOverlap { get; init; }

    /// <summary>Audits that began and ended during the load.</summary>
    [Name("audits")] public required int Audits { get; init; }

    /// <summary>Rows of TVIEWs that were refreshed meanwhile, by transactions that have committed since.</summary>
    [Name("refreshes")] public required long Refreshes { get; init; }

    /// <summary>How the sessions reached the server.</summary>
    [Name("route")] public required string Route { get; init; }

    /// <summary>The isolation levels of the transactions.</summary>
    [Name("isolation")] public required string Isolation { get; init; }

    /// <summary>The engine.</summary>
    [Name("engine")] public required string Engine { get; init; }

    /// <summary>The server's version.</summary>
    [Name("server_version")] public required string ServerVersion { get; init; }

    /// <summary>The seed with which the workload can be had again.</summary>
    [Name("seed")] public required int Seed { get; init; }

    /// <summary>How long the workload took, in seconds.</summary>
    [Name("seconds"), Format("0.###")] public required double Seconds { get; init; }

    /// <summary>Transactions that were refused with an error that the scenario had declared.</summary>
    [Name("refused")] public required int Refused { get; init; }

    /// <summary>Its number within the scenario, from 1.</summary>
    [Name("workload")] public required int Workload { get; init; }

    /// <summary>How many TVIEWs the engine kept up to date meanwhile; 0 for plain tables.</summary>
    [Name("tviews")] public required int Tviews { get; init; }

    /// <summary>
    /// Transactions a second that were asked for; empty where every session went as fast as it could.
    /// </summary>
    [Name("rate")] public required int? Rate { get; init; }

    /// <summary>
    /// How many times as long the same workload takes as on plain tables; empty where that was not measured.
    /// </summary>
    [Name("maintenance_cost"), Format("0.###")] public double? MaintenanceCost { get; init; }

    /// <summary>
    /// The interval in which the throughput lies but for chance within this workload (see <see cref="Bootstrap"/>),
    /// lower end.
    /// </summary>
    [Name("ops_per_sec_low"), Format("0.###")] public required double? OpsPerSecLow { get; init; }

    /// <summary>The same, upper end.</summary>
    [Name("ops_per_sec_high"), Format("0.###")] public required double? OpsPerSecHigh { get; init; }

    /// <summary>The same for the median latency, lower end.</summary>
    [Name("p50_latency_low_ms"), Format("0.###")] public required double? P50LatencyLowMs { get; init; }

    /// <summary>The same, upper end.</summary>
    [Name("p50_latency_high_ms"), Format("0.###")] public required double? P50LatencyHighMs { get; init; }

    /// <summary>The same for the 95th percentile, lower end.</summary>
    [Name("p95_latency_low_ms"), Format("0.###")] public required double? P95LatencyLowMs { get; init; }

    /// <summary>The same, upper end.</summary>
    [Name("p95_latency_high_ms"), Format("0.###")] public required double? P95LatencyHighMs { get; init; }

    /// <summary>On what machine the sessions ran; runs on others cannot be compared with it.</summary>
    [Name("machine")] public required string Machine { get; init; }

    /// <summary>
    /// The median of how long after a commit a TVIEW showed it, in milliseconds; empty where nobody looked on and
    /// where a TVIEW is refreshed in the writer's transaction, as are the others.
    /// </summary>
    [Name("p50_lag_ms"), Format("0.###"), Optional] public double? P50LagMs { get; init; }

    /// <summary>The 95th percentile, exact.</summary>
    [Name("p95_lag_ms"), Format("0.###"), Optional] public double? P95LagMs { get; init; }

    /// <summary>The longest.</summary>
    [Name("max_lag_ms"), Format("0.###"), Optional] public double? MaxLagMs { get; init; }

    /// <summary>
    /// Bytes of write-ahead log for each committed transaction; empty where the server's work was not counted, as are
    /// the others.
    /// </summary>
    [Name("wal_bytes_per_tx"), Format("0.#"), Optional] public double? WalBytes { get; init; }

    /// <summary>Rows that were inserted, updated or deleted for each, the engine's own included.</summary>
    [Name("tuples_per_tx"), Format("0.##"), Optional] public double? Tuples { get; init; }

    /// <summary>Pages that were touched for each, in shared buffers or read into them.</summary>
    [Name("buffers_per_tx"), Format("0.#"), Optional] public double? Buffers { get; init; }

    /// <summary>How many times as much write-ahead log the same workload takes as on plain tables.</summary>
    [Name("wal_cost"), Format("0.###"), Optional] public double? WalCost { get; init; }

    /// <summary>Takes the figures from a history.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="setting">What it was.</param>
    /// <param name="refreshes">How many rows of TVIEWs were refreshed.</param>
    public static WorkloadMetrics Of(LoadResult load, Setting setting, long refreshes)
    {
        var work = load.History.Work.ToList();
        var latencies = work.Where(o => o.Outcome == Outcome.Ok).Select(o => o.Milliseconds).Order().ToList();
        var lags = load.Lags.Order().ToList();
        var throughput = Bootstrap.Of(load.History, Bootstrap.OpsPerSec);
        var median = Bootstrap.Of(load.History, Bootstrap.Latency(50));
        var tail = Bootstrap.Of(load.History, Bootstrap.Latency(95));
        return new WorkloadMetrics
        {
            Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            TestName = setting.Test,
            Connections = load.Sessions,
            OpsPerSec = latencies.Count / load.Duration.TotalSeconds,
            AvgLatencyMs = latencies.Count == 0 ? null : latencies.Average(),
            P50LatencyMs = Known(Percentile(latencies, 50)),
            P95LatencyMs = Known(Percentile(latencies, 95)),
            P99LatencyMs = Known(Percentile(latencies, 99)),
            MaxLatencyMs = Known(Percentile(latencies, 100)),
            Deadlocks = work.Count(o => o.SqlState == "40P01"),
            Ok = latencies.Count,
            Failed = work.Count(o => o.Outcome == Outcome.Failed && !o.Retried),
            Retried = work.Count(o => o.Retried),
            Indeterminate = work.Count(o => o.Outcome == Outcome.Indeterminate),
            SqlStates = string.Join(' ', work.Select(o => o.SqlState).OfType<string>().CountBy(state => state)
                .OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}:{c.Value}")),
            LargestOverlap = load.History.LargestOverlap(),
            Audits = load.History.AuditsDuringWork(),
            Refreshes = refreshes,
            Route = setting.Route,
            Isolation = setting.Isolation,
            Engine = setting.Engine,
            ServerVersion = setting.ServerVersion,
            Seed = setting.Seed,
            Seconds = load.Duration.TotalSeconds,
            Refused = work.Count(o => o.Outcome == Outcome.Refused && !o.Retried),
            Workload = setting.Workload,
            Tviews = setting.Tviews,
            Rate = setting.Rate,
            OpsPerSecLow = Known(throughput.Low),
            OpsPerSecHigh = Known(throughput.High),
            P50LatencyLowMs = Known(median.Low),
            P50LatencyHighMs = Known(median.High),
            P95LatencyLowMs = Known(tail.Low),
            P95LatencyHighMs = Known(tail.High),
            Machine = ThisMachine,
            P50LagMs = Known(Percentile(lags, 50)),
            P95LagMs = Known(Percentile(lags, 95)),
            MaxLagMs = Known(Percentile(lags, 100)),
        };
    }

    /// <summary>This machine, by what a speed depends on: the architecture, the processors and their number.</summary>
    public static string ThisMachine { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} × "
            + $"{Processor()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB");

    private static string Processor() =>
        !File.Exists("/proc/cpuinfo")
            ? "processors"
            : File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(": ", 2)
                .ElementAtOrDefault(1)
                ?? "processors";

    private static double? Known(double figure) => double.IsFinite(figure) ? figure : null;

    /// <summary>The smallest value that at least so many percent of the values do not exceed (nearest rank).</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="percent">Above 0, up to 100.</param>
    /// <returns>One of the values; not-a-number where there is none.</returns>
    public static double Percentile(IReadOnlyList<double> sorted, double percent) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(percent / 100 * sorted.Count) - 1];
}

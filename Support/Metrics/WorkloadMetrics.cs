using CsvHelper.Configuration.Attributes;
using Specs.Support.Fleet;

namespace Specs.Support.Metrics;

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

    /// <summary>The mean latency of committed transactions, in milliseconds.</summary>
    [Name("avg_latency_ms"), Format("0.###")] public required double AvgLatencyMs { get; init; }

    /// <summary>Their 95th percentile, exact.</summary>
    [Name("p95_latency_ms"), Format("0.###")] public required double P95LatencyMs { get; init; }

    /// <summary>How many operations ended with 40P01.</summary>
    [Name("deadlocks")] public required int Deadlocks { get; init; }

    /// <summary>The median, exact.</summary>
    [Name("p50_latency_ms"), Format("0.###")] public required double P50LatencyMs { get; init; }

    /// <summary>The 99th percentile, exact.</summary>
    [Name("p99_latency_ms"), Format("0.###")] public required double P99LatencyMs { get; init; }

    /// <summary>The slowest.</summary>
    [Name("max_latency_ms"), Format("0.###")] public required double MaxLatencyMs { get; init; }

    /// <summary>Transactions that committed.</summary>
    [Name("ok")] public required int Ok { get; init; }

    /// <summary>Transactions that were refused with an error that the scenario had declared.</summary>
    [Name("refused")] public required int Refused { get; init; }

    /// <summary>Transactions that failed for good.</summary>
    [Name("failed")] public required int Failed { get; init; }

    /// <summary>Attempts that failed and were tried again.</summary>
    [Name("retried")] public required int Retried { get; init; }

    /// <summary>Transactions of which nobody knows whether they committed.</summary>
    [Name("indeterminate")] public required int Indeterminate { get; init; }

    /// <summary>The largest number of transactions in flight at one moment.</summary>
    [Name("largest_overlap")] public required int LargestOverlap { get; init; }

    /// <summary>Audits that began and ended during the load.</summary>
    [Name("audits")] public required int Audits { get; init; }

    /// <summary>How long the workload took, in seconds.</summary>
    [Name("seconds"), Format("0.###")] public required double Seconds { get; init; }

    /// <summary>How the sessions reached the server.</summary>
    [Name("route")] public required string Route { get; init; }

    /// <summary>The engine.</summary>
    [Name("engine")] public required string Engine { get; init; }

    /// <summary>The server's version.</summary>
    [Name("server_version")] public required string ServerVersion { get; init; }

    /// <summary>The run's seed.</summary>
    [Name("seed")] public required int Seed { get; init; }

    /// <summary>Takes the figures from a history.</summary>
    /// <param name="test">The scenario.</param>
    /// <param name="load">What ran.</param>
    /// <param name="route">How the sessions reached the server.</param>
    /// <param name="run">Engine, server version and seed of the run.</param>
    public static WorkloadMetrics Of(string test, Load load, string route, (string Engine, string ServerVersion, int Seed) run)
    {
        var work = load.History.Work.ToList();
        var latencies = work.Where(o => o.Outcome == Outcome.Ok).Select(o => o.Milliseconds).Order().ToList();
        return new WorkloadMetrics
        {
            Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            TestName = test,
            Connections = load.Sessions,
            OpsPerSec = latencies.Count / load.Duration.TotalSeconds,
            AvgLatencyMs = latencies.Count == 0 ? double.NaN : latencies.Average(),
            P50LatencyMs = Percentile(latencies, 50),
            P95LatencyMs = Percentile(latencies, 95),
            P99LatencyMs = Percentile(latencies, 99),
            MaxLatencyMs = Percentile(latencies, 100),
            Deadlocks = work.Count(o => o.SqlState == "40P01"),
            Ok = latencies.Count,
            Refused = work.Count(o => o.Outcome == Outcome.Refused && !o.Retried),
            Failed = work.Count(o => o.Outcome == Outcome.Failed && !o.Retried),
            Retried = work.Count(o => o.Retried),
            Indeterminate = work.Count(o => o.Outcome == Outcome.Indeterminate),
            LargestOverlap = load.History.LargestOverlap(),
            Audits = load.History.AuditsDuringWork(),
            Seconds = load.Duration.TotalSeconds,
            Route = route,
            Engine = run.Engine,
            ServerVersion = run.ServerVersion,
            Seed = run.Seed,
        };
    }

    /// <summary>The smallest value that at least so many percent of the values do not exceed (nearest rank).</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="percent">Above 0, up to 100.</param>
    /// <returns>One of the values; not-a-number where there is none.</returns>
    public static double Percentile(IReadOnlyList<double> sorted, double percent) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(percent / 100 * sorted.Count) - 1];
}

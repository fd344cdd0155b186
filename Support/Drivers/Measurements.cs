using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Metrics;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>What ran in a scenario, its figures, and what was concluded of it.</summary>
/// <param name="run">The run.</param>
/// <param name="world">The scenario.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="pooler">How its sessions connect.</param>
public sealed class Measurements(Run run, World world, SchemaDriver schema, PoolerDriver pooler)
{
    private readonly List<LoadResult> _loads = [];
    private readonly List<WorkloadMetrics> _metrics = [];
    private readonly List<ContractVerdict> _judged = [];

    /// <summary>What ran, in order.</summary>
    public IReadOnlyList<LoadResult> Loads => _loads;

    /// <summary>The last load, for the checks.</summary>
    public LoadResult Load =>
        _loads.Count > 0 ? _loads[^1] : throw new InvalidOperationException("Nothing has run yet.");

    /// <summary>The figures of what ran.</summary>
    public IReadOnlyList<WorkloadMetrics> Metrics => _metrics;

    /// <summary>
    /// Whether the cost of maintenance was measured: the same transactions on plain tables and then under TVIEWs.
    /// </summary>
    /// <returns>How many times as long they took.</returns>
    public double? MaintenanceCost => _metrics.LastOrDefault()?.MaintenanceCost;

    /// <summary>Records a load.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="isolation">At which isolation levels.</param>
    /// <param name="refreshes">How many refreshes the engine did meanwhile.</param>
    public void Add(LoadResult load, string isolation, long refreshes)
    {
        _loads.Add(load);
        var row = WorkloadMetrics.Of(
            load,
            new Setting(
                world.Scenario.ToString(),
                _loads.Count,
                pooler.Route.Name,
                isolation,
                schema.TviewCount,
                run.Options.Rate,
                run.Engine.Name,
                run.Databases.ServerVersion,
                run.Seed
            ),
            refreshes
        );
        var plain = PlainOf(row);
        // At a given rate both have the same throughput, and the cost shows in the latency alone.
        _metrics.Add(
            plain is null || row.Ok == 0
                ? row
                : row with
                {
                    MaintenanceCost = run.Options.Rate is null
                        ? plain.OpsPerSec / row.OpsPerSec
                        : row.AvgLatencyMs / plain.AvgLatencyMs,
                }
        );
    }

    /// <summary>What is said of the scenario below its end, a line each.</summary>
    internal List<string> Notes { get; } = [];

    /// <summary>What the scenario's checks concluded about contracts, good and bad, each conclusion once.</summary>
    internal IReadOnlyList<ContractVerdict> Judged => [.. _judged.Distinct()];

    /// <summary>Records what checks concluded.</summary>
    internal void Judge(IEnumerable<CheckResult> results) => _judged.AddRange(results.SelectMany(
        r => r.Contract is { } contract ? [new ContractVerdict(contract, r.Verdict)] : Array.Empty<ContractVerdict>()));

    /// <summary>Adds to the last load what the server did for it.</summary>
    /// <param name="work">The counts; null where they are not known.</param>
    internal void Count(ServerWork? work)
    {
        var row = _metrics[^1];
        if (work is not null && row.Ok > 0)
        {
            var wal = (double)work.WalBytes / row.Ok;
            _metrics[^1] = row with
            {
                WalBytes = wal,
                Tuples = (double)work.Tuples / row.Ok,
                Buffers = (double)work.Buffers / row.Ok,
                WalCost = wal / PlainOf(row)?.WalBytes,
            };
        }
    }

    // The same work on plain tables; null where that was not measured.
    private WorkloadMetrics? PlainOf(WorkloadMetrics row) =>
        row.Tviews == 0
            ? null
            : _metrics.LastOrDefault(m => m.Tviews == 0 && m.Connections == row.Connections && m.Ok == row.Ok);
}

using System.Data;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Specs.Support.Fleet;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Reports.Pictures;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <content>What is measured about the scenario, and drawn.</content>
public sealed partial class World
{
    private const int MostPictures = 4;
    private const int LogLines = 80;

    private bool _plain;

    /// <summary>How the steps ended that have run so far.</summary>
    public List<StepResult> Steps { get; } = [];

    /// <summary>Makes the base tables only, so that the cost of keeping TVIEWs can be told from that of writing at all.</summary>
    public Task CreateBaseTablesAsync(Schema schema)
    {
        Schema = Engine.FormOf(schema);
        _plain = true;
        return ExecuteAsync(schema.BaseTables + "; ANALYZE");
    }

    /// <summary>Makes the TVIEWs over base tables that were made without them.</summary>
    public async Task AddTviewsAsync()
    {
        await CreateTviewsAsync();
        _plain = false;
    }

    /// <summary>Whether the cost of maintenance was measured: the same transactions on plain tables and then under TVIEWs.</summary>
    /// <returns>How many times as long they took.</returns>
    public double? MaintenanceCost => _metrics.LastOrDefault()?.MaintenanceCost;

    private void Measure(LoadResult load, string isolation, long refreshes)
    {
        var row = WorkloadMetrics.Of(load, new Setting(Scenario.ToString(), _loads.Count, SessionRoute.Name, isolation,
            _plain || Schema is null ? 0 : Schema.Tviews.Length, Run.Options.Rate, Run.Engine.Name, Run.Databases.ServerVersion, Seed), refreshes);
        var plain = _plain ? null : _metrics.LastOrDefault(m => m.Tviews == 0 && m.Connections == row.Connections && m.Ok == row.Ok);
        // At a given rate both have the same throughput, and the cost shows in the latency alone.
        _metrics.Add(plain is null || row.Ok == 0 ? row
            : row with { MaintenanceCost = Run.Options.Rate is null ? plain.OpsPerSec / row.OpsPerSec : row.AvgLatencyMs / plain.AvgLatencyMs });
    }

    private static string NameOf(IsolationLevel? level) => level is null ? "the server's default"
        : Regex.Replace(level.ToString()!, "(?<=[a-z])(?=[A-Z])", " ").ToUpperInvariant();

    /// <summary>Pictures that others drew of what the scenario showed.</summary>
    public List<XElement> Pictures { get; } = [];

    /// <summary>Those, and pictures of the last loads.</summary>
    /// <param name="id">Unique in the page.</param>
    internal IReadOnlyList<XElement> Draw(string id)
    {
        if (_loads.Count == 0)
        {
            return Pictures;     // most scenarios of a run; the log need not be read for them
        }

        var waits = _database is null ? [] : LockWait.In(OwnLog());
        return [.. Pictures, .. _loads.TakeLast(MostPictures).Where(l => l.History.Work.Any())
            .SelectMany((l, i) => new[] { Timeline.Of($"{id}-{i}-time", l), Lanes.Of($"{id}-{i}-lanes", l, waits) })];
    }

    /// <summary>What the server said last about this scenario's sessions; null where there is no log.</summary>
    internal string? EndOfLog() => _database is null || OwnLog() is not { Length: > 0 } log ? null
        : string.Join('\n', log.TrimEnd().Split('\n').TakeLast(LogLines));

    private string OwnLog() => Log ?? "";
}

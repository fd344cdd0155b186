using System.Xml.Linq;
using Specs.Support.Reports;
using Specs.Support.Reports.Pictures;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>What a reader of the report gets to see of a scenario.</summary>
/// <param name="run">The run, whose report keeps it.</param>
/// <param name="world">The scenario.</param>
/// <param name="database">Its database, for the server's log.</param>
/// <param name="pooler">Its pooler, for the pooler's log.</param>
/// <param name="measurements">What ran.</param>
public sealed class ScenarioEvidence(
    Run run,
    World world,
    ScenarioDatabase database,
    PoolerDriver pooler,
    Measurements measurements
)
{
    private const int MostPictures = 4;
    private const int LogLines = 80;

    /// <summary>How the steps ended that have run so far.</summary>
    public List<StepResult> Steps { get; } = [];

    /// <summary>Pictures that others drew of what the scenario showed.</summary>
    public List<XElement> Pictures { get; } = [];

    /// <summary>Those, and pictures of the last loads.</summary>
    /// <param name="id">Unique in the page.</param>
    public IReadOnlyList<XElement> Draw(string id)
    {
        if (measurements.Loads.Count == 0)
        {
            return Pictures;     // most scenarios of a run; the log need not be read for them
        }

        var waits = LockWait.In(database.Log ?? "");
        return [.. Pictures, .. measurements.Loads.TakeLast(MostPictures).Where(l => l.History.Work.Any())
            .SelectMany((l, i) => new[] { Timeline.Of($"{id}-{i}-time", l), Lanes.Of($"{id}-{i}-lanes", l, waits) })];
    }

    /// <summary>What the server said last about this scenario's sessions; null where there is no log.</summary>
    public string? EndOfLog() => database.Log is not { Length: > 0 } log ? null
        : string.Join('\n', log.TrimEnd().Split('\n').TakeLast(LogLines));

    /// <summary>Keeps what there is of a failed scenario in the run's folder.</summary>
    /// <param name="problem">How it failed.</param>
    /// <returns>Where the server's log is, as a line to be added to that.</returns>
    public string Keep(string problem)
    {
        run.Report.Keep(world.Scenario, "problem.txt", problem);
        if (pooler.Log.Length > 0)
        {
            run.Report.Keep(world.Scenario, "pgbouncer.log", pooler.Log);
        }

        return database.Log is { Length: > 0 } log
            ? $"\nThe server's log of this scenario: {run.Report.Keep(world.Scenario, "server.log", log)}" : "";
    }
}

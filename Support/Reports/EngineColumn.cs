using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Scheduling;

namespace Specs.Support.Reports;

/// <summary>A scenario that failed on an engine, or ended with a finding that is known of it.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Line">How the scenario ended.</param>
/// <param name="Id">Unique in the page.</param>
/// <param name="Script">The reduced race, for psql; null where the scenario is no race.</param>
/// <param name="Setup">The tables to take it on; null without a script.</param>
internal sealed record EngineFailure(string Engine, ScenarioLine Line, string Id, string? Script, string? Setup)
{
    /// <summary>Its evidence in the folder of the matrix, as an address relative to that.</summary>
    internal string File => $"{Folder}/{(Script is null ? ProblemName : RunReport.ScriptName)}";

    private const string ProblemName = "problem.txt";

    private string Folder =>
        $"failed/{string.Concat(Engine.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}/{Line.Scenario.Folder}";

    /// <summary>Writes the evidence there.</summary>
    /// <param name="folder">The folder of the matrix.</param>
    internal void Write(string folder)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Folder)).FullName;
        foreach (var (name, text) in new[]
        {
            (ProblemName, Line.Problem), (RunReport.ScriptName, Script), (RunReport.SetupName, Setup),
        })
        {
            if (text is not null)
            {
                System.IO.File.WriteAllText(Path.Combine(own, name), text);
            }
        }
    }
}

/// <summary>One engine: all that its runs have left behind.</summary>
internal sealed class EngineColumn
{
    private static readonly HashSet<string> Suite =
        [.. FeatureText.All().Where(f => f.Scenarios.Any(s => s.Tags.Contains("@suite"))).Select(f => f.Title)];

    private readonly Dictionary<ScenarioId, EngineFailure> _failures = [];

    internal EngineColumn(string engine, IReadOnlyList<RunRecord> runs, int number)
    {
        (Engine, Runs) = (engine, runs);
        var each = runs
            .SelectMany(r => r.Lines, (r, line) => (Run: r, Line: line))
            .Where(e => !Suite.Contains(e.Line.Scenario.Feature))
            .ToList();
        Lines = [.. each.Select(e => e.Line)];
        Figures = [.. each.SelectMany(e => e.Run.RowsOf(e.Line), (e, row) => (e.Line, row))];
        foreach (var outcome in new[] { "failed", "known" })
        {
            foreach (var (run, line) in each.Where(e => e.Line.Outcome == outcome))
            {
                _failures.TryAdd(
                    line.Scenario,
                    new(
                        engine,
                        line,
                        $"failure-{number}-{_failures.Count + 1}",
                        run.Evidence(line, RunReport.ScriptName),
                        run.Evidence(line, RunReport.SetupName)
                    )
                );
            }
        }
    }

    internal string Engine { get; }

    internal IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>How its scenarios ended, but for those about the suite itself.</summary>
    internal IReadOnlyList<ScenarioLine> Lines { get; }

    internal IEnumerable<RaceLine> Races => Runs.SelectMany(r => r.Races);

    /// <summary>The figures of each scenario's workloads.</summary>
    internal IReadOnlyList<(ScenarioLine Line, WorkloadMetrics Row)> Figures { get; }

    internal IReadOnlyList<EngineFailure> Failures =>
        [.. _failures.Values.OrderBy(f => ReadingOrder.PlaceOf(f.Line.Scenario))];

    /// <summary>Of some scenarios the failure that says most: one that is not known before, and one with a
    /// script.</summary>
    internal EngineFailure? FailureOf(IEnumerable<ScenarioId> scenarios) =>
        scenarios
            .Select(s => _failures.GetValueOrDefault(s))
            .OfType<EngineFailure>()
            .OrderBy(f => f.Line.Outcome == "known")
            .ThenBy(f => f.Script is null)
            .FirstOrDefault();
}

using System.Text.Json;
using Specs.Support.Configuration;
using Specs.Support.Metrics;
using Specs.Support.Scheduling;

namespace Specs.Support.Reports;

/// <summary>What a run has left behind for programs.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Banner">What was run, where and with what.</param>
/// <param name="Lines">How its scenarios ended.</param>
/// <param name="Rows">The figures of its workloads.</param>
/// <param name="Races">How the permutations of its races ended.</param>
public sealed record RunRecord(
    string Folder,
    IReadOnlyList<(string Name, string Value)> Banner,
    IReadOnlyList<ScenarioLine> Lines,
    IReadOnlyList<WorkloadMetrics> Rows,
    IReadOnlyList<RaceLine> Races
)
{
    /// <summary>The line of the banner that names the engine with its version.</summary>
    public const string EngineLine = "engine";

    /// <summary>The engine with its version: what tells runs of several engines from shards of one.</summary>
    public string Engine => Of(EngineLine) ?? "";

    /// <summary>Reads the folder of a run.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UserError">It is not the folder of a run.</exception>
    public static RunRecord Read(string folder)
    {
        try
        {
            var banner = JsonSerializer.Deserialize<List<string[]>>(
                File.ReadAllText(Path.Combine(folder, RunReport.BannerName))
            )!;
            return new(
                Path.GetFullPath(folder),
                [.. banner.Select(b => (b[0], b[1]))],
                [.. File.ReadLines(Path.Combine(folder, RunReport.ResultsName))
                    .Select(l => JsonSerializer.Deserialize<ScenarioLine>(l)!)],
                // A run whose scenarios have no workload has no metrics.
                File.Exists(Path.Combine(folder, MetricsFile.Name)) ? MetricsFile.Read(folder) : [],
                AnomalyMatrix.Read(folder)
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"{folder} is not the folder of a run ({e.Message}); name folders below artifacts/ "
                + $"that have a {RunReport.ResultsName}.");
        }
    }

    /// <summary>A line of the banner; null where it has none of that name.</summary>
    /// <param name="name">The line's name.</param>
    public string? Of(string name) => Banner.FirstOrDefault(l => l.Name == name).Value;

    /// <summary>The figures of a scenario's workloads.</summary>
    /// <param name="line">How the scenario ended.</param>
    public IReadOnlyList<WorkloadMetrics> RowsOf(ScenarioLine line)
    {
        var test = line.Scenario.ToString();
        return [.. Rows.Where(r => r.TestName == test && r.Seed == line.Seed)];
    }

    /// <summary>A file of the evidence of a failed scenario; null where there is none of that name.</summary>
    /// <param name="line">How the scenario ended.</param>
    /// <param name="name">The file's name.</param>
    public string? Evidence(ScenarioLine line, string name) =>
        Path.Combine(RunReport.EvidenceFolder(Folder, line.Scenario, line.Repetition), name) is var file
        && File.Exists(file) ? File.ReadAllText(file) : null;
}

using System.Globalization;
using System.Text.Json;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Reports;

namespace Specs.Support.Cli;

/// <summary>Makes one report out of several, such as the shards of a soak. Their pictures stay in their own.</summary>
internal static class MergeCommand
{
    internal static int Run(IReadOnlyList<string> folders)
    {
        var runs = folders.Select(Read).ToList();
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"merged_{DateTime.UtcNow:yyyyMMdd'T'HHmmss}_{Environment.ProcessId}"
        );
        var repetitions = runs.Sum(r => r.Lines.Select(l => l.Repetition).Distinct().Count());
        var report = new RunReport(Path.Combine(RunOptions.TreeRoot(), "artifacts"), name, null)
        {
            Soak = new SoakTally(null, $"{repetitions} repetitions of {runs.Count} runs"),
        };
        report.SayBanner([
            .. runs[0].Banner.Where(line => runs.All(r => r.Banner.Contains(line))),
            .. folders.Select((f, i) => ($"run {i + 1}", f)),
        ]);
        var failed = false;
        foreach (var (lines, rows, _) in runs)
        {
            foreach (var line in lines)
            {
                failed |= line.Outcome == "failed";
                report.Add(
                    new ScenarioResult(
                        line,
                        [.. rows.Where(r => r.TestName == line.Scenario.ToString() && r.Seed == line.Seed)]
                    ),
                    []
                );
            }
        }

        KillMatrix.Join(folders, report.Folder);
        var start = runs[0].Banner.Find(line => line.Name == CommonStart.BannerName);
        if (start.Name is not null && runs.All(r => r.Rows.Count > 0 && r.Banner.Contains(start)))
        {
            var together = CommonStart.Of(start.Value, [.. runs.Select(r => r.Rows[0])]);
            report.AddSection("Together", together);
            report.Say(MarkdownTable.Of("Together", together));
        }

        var soak = report.Finish(Limits.Read(Path.Combine(AppContext.BaseDirectory, "limits.json")));
        return failed || soak?.Verdict == Verdict.Fail ? 1 : 0;
    }

    private static (
        List<ScenarioLine> Lines,
        IReadOnlyList<WorkloadMetrics> Rows,
        List<(string Name, string Value)> Banner
    ) Read(string folder)
    {
        try
        {
            var lines = File.ReadLines(Path.Combine(folder, RunReport.ResultsName))
                .Select(l => JsonSerializer.Deserialize<ScenarioLine>(l)!)
                .ToList();
            var banner = JsonSerializer.Deserialize<List<string[]>>(
                File.ReadAllText(Path.Combine(folder, RunReport.BannerName))
            )!;
            // A run whose scenarios have no workload has no metrics.
            return (
                lines,
                File.Exists(Path.Combine(folder, MetricsFile.Name)) ? MetricsFile.Read(folder) : [],
                [.. banner.Select(b => (b[0], b[1]))]
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"{folder} is not the folder of a run ({e.Message}); name folders below artifacts/ "
                + $"that have a {RunReport.ResultsName}.");
        }
    }
}

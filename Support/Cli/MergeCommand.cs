using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Reports;

namespace Specs.Support.Cli;

/// <summary>
/// Makes one report out of several: of the shards of a soak, or of runs of several engines, which it puts side by side.
/// What tells them apart is the engine with its version in the runs' banners. Their pictures stay in their own.
/// </summary>
internal static class MergeCommand
{
    internal static int Run(IReadOnlyList<string> folders)
    {
        var runs = folders.Select(RunRecord.Read).ToList();
        return runs.DistinctBy(r => r.Engine).Count() > 1 ? JoinEngines(runs, []) : JoinShards(runs);
    }

    /// <summary>Puts the runs of several engines side by side.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="missing">Engines that are not there, with the reason.</param>
    internal static int JoinEngines(IReadOnlyList<RunRecord> runs, IReadOnlyList<(string Engine, string Why)> missing)
    {
        var matrix = new EngineMatrix(runs, missing);
        var report = Report("engines", null, matrix);
        Fill(report, runs);
        foreach (var (engine, _, sentence) in matrix.Verdicts)
        {
            report.Say($"  {engine}: {sentence}");
        }

        return Finish(report, runs);
    }

    private static int JoinShards(List<RunRecord> runs)
    {
        var repetitions = runs.Sum(r => r.Lines.Select(l => l.Repetition).Distinct().Count());
        var report = Report("merged", new SoakTally(null, $"{repetitions} repetitions of {runs.Count} runs"), null);
        Fill(report, runs);
        KillMatrix.Join([.. runs.Select(r => r.Folder)], report.Folder);
        if (runs[0].Of(CommonStart.BannerName) is { } start
            && runs.All(r => r.Rows.Count > 0 && r.Of(CommonStart.BannerName) == start))
        {
            var together = CommonStart.Of(start, [.. runs.Select(r => r.Rows[0])]);
            report.AddSection("Together", together);
            report.Say(MarkdownTable.Of("Together", together));
        }

        return Finish(report, runs);
    }

    private static RunReport Report(string what, SoakTally? soak, EngineMatrix? engines) =>
        new(
            Path.GetFullPath(FeatureRun.Variables["OUTPUT"] ?? Path.Combine(RunOptions.TreeRoot(), "artifacts")),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}_{DateTime.UtcNow:yyyyMMdd'T'HHmmss}_{Environment.ProcessId}"
            ),
            null
        )
        {
            Soak = soak,
            Engines = engines,
        };

    private static void Fill(RunReport report, IReadOnlyList<RunRecord> runs)
    {
        report.SayBanner([
            .. runs[0].Banner.Where(line => runs.All(r => r.Banner.Contains(line))),
            .. runs.Select((r, i) => ($"run {i + 1}", r.Folder)),
        ]);
        foreach (var (run, line) in runs.SelectMany(r => r.Lines, (r, line) => (r, line)))
        {
            var named = report.Engines is null ? line : line with { Engine = run.Engine };
            report.Add(new ScenarioResult(named, run.RowsOf(line)), []);
        }
    }

    private static int Finish(RunReport report, IReadOnlyList<RunRecord> runs)
    {
        var soak = report.Finish(Limits.Read(Path.Combine(AppContext.BaseDirectory, "limits.json")));
        var failed = runs.SelectMany(r => r.Lines).Any(l => l.Outcome == "failed");
        return failed || soak?.Verdict == Verdict.Fail ? 1 : 0;
    }
}

using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Spectre.Console;

namespace Specs.Support.Reports;

/// <summary>The figures of all workloads, for a terminal and for a page.</summary>
internal static class Figures
{
    private static readonly string[] Columns =
    [
        "scenario",
        "sessions",
        "transactions",
        "overlap",
        "audits",
        "retries",
        "tx/s",
        "p50 ms",
        "p95 ms",
        "p95 lag ms",
        "seconds",
    ];

    /// <summary>As a page shows them.</summary>
    internal static EvidenceTable Table(IEnumerable<ScenarioResult> results) =>
        new(
            "One row for each workload; " + MetricsFile.Name + " has more",
            Columns,
            [
                .. results.SelectMany(
                    r => r.Metrics,
                    (r, m) => Cells(m, m.TestName + (r.Engine is null ? "" : $", on {r.Engine}"))
                ),
            ]
        );

    /// <summary>What was counted of the server's work; no rows where nothing was.</summary>
    internal static EvidenceTable Work(IEnumerable<ScenarioResult> results) =>
        new(
            "For each committed transaction; what was counted, and no noise of the machine",
            ["scenario", "sessions", "WAL bytes", "tuples written", "buffers touched", "WAL, of plain tables"],
            [
                .. results.SelectMany(r => r.Metrics).Where(m => m.WalBytes is not null).Select(m =>
                    new[]
                    {
                        m.TestName + (m.Tviews == 0 ? " (plain tables)" : ""),
                        Whole(m.Connections),
                        Whole(m.WalBytes),
                        m.Tuples?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
                        Whole(m.Buffers),
                        m.WalCost?.ToString("0.# ×", CultureInfo.InvariantCulture) ?? "",
                    }
                ),
            ]
        );

    /// <summary>What was concluded about them.</summary>
    internal static EvidenceTable Judged(IEnumerable<CheckResult> results) =>
        new(
            "What limits.json says of this run",
            ["limit", "verdict", "findings"],
            [
                .. results.Select(r =>
                    new[]
                    {
                        r.Claim,
                        r.Verdict == Verdict.Unknown ? "not measured" : r.Verdict.ToString().ToLowerInvariant(),
                        string.Join("; ", r.Findings),
                    }
                ),
            ]
        );

    /// <summary>As a terminal shows them; empty where there are none.</summary>
    internal static string Text(IReadOnlyList<ScenarioResult> results)
    {
        if (results.All(r => r.Metrics.Count == 0))
        {
            return "";
        }

        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns(Columns);
        foreach (var feature in results.Where(r => r.Metrics.Count > 0).GroupBy(r => r.Scenario.Feature))
        {
            table.AddRow(Markup.Escape(feature.Key));
            foreach (var (r, m) in feature.SelectMany(r => r.Metrics, (r, m) => (r, m)))
            {
                table.AddRow([.. Cells(m, "  " + r.Scenario.Title).Select(Markup.Escape)]);
            }
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No }
        );
        console.Profile.Width = 160;
        console.Write(table);
        return string.Join('\n', text.ToString().Split('\n').Select(l => l.TrimEnd()));
    }

    private static string[] Cells(WorkloadMetrics m, string scenario) =>
        [
            scenario + (m.Tviews == 0 ? " (plain tables)" : ""),
            Whole(m.Connections),
            Whole(m.Ok),
            Whole(m.LargestOverlap),
            Whole(m.Audits),
            Whole(m.Retried),
            Whole(m.OpsPerSec),
            Whole(m.P50LatencyMs),
            Whole(m.P95LatencyMs),
            Whole(m.P95LagMs),
            m.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ];

    private static string Whole(double? number) => number?.ToString("0", CultureInfo.InvariantCulture) ?? "";
}

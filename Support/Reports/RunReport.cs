using System.Globalization;
using System.Text;
using System.Text.Json;
using Specs.Support.Fleet;
using Specs.Support.Metrics;
using Spectre.Console;

namespace Specs.Support.Reports;

/// <summary>One scenario as the report shows it.</summary>
/// <param name="Feature">Its feature's title.</param>
/// <param name="Title">Its own, with the values of an outline's row.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Duration">From its first hook to its last.</param>
/// <param name="Metrics">The figures of its workloads.</param>
/// <param name="Problem">Why it failed or was skipped; null where it passed.</param>
public sealed record ScenarioResult(
    string Feature, string Title, string Outcome, TimeSpan Duration, IReadOnlyList<WorkloadMetrics> Metrics, string? Problem);

/// <summary>One line of results.jsonl: how a scenario ended.</summary>
/// <param name="Feature">Its feature's title.</param>
/// <param name="Title">Its own, with the values of an outline's row.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Seconds">From its first hook to its last.</param>
/// <param name="Problem">Why it failed or was skipped; null where it passed.</param>
public sealed record ScenarioLine(string Feature, string Title, string Outcome, double Seconds, string? Problem);

/// <summary>What a run leaves behind, and what it says while it runs.</summary>
public sealed class RunReport
{
    /// <summary>The file with one <see cref="ScenarioLine"/> for each scenario, as JSON.</summary>
    public const string ResultsName = "results.jsonl";

    private readonly List<ScenarioResult> _results = [];
    private readonly MetricsFile _metrics;
    private readonly string? _progress;
    private string _banner = "";

    /// <summary>Makes the folder of the run and points "latest" at it.</summary>
    /// <param name="output">The folder below which every run has its own.</param>
    /// <param name="runId">The run's name.</param>
    /// <param name="progress">A file or pipe for all that is said; null without it.</param>
    public RunReport(string output, string runId, string? progress)
    {
        _progress = progress;
        Folder = Path.Combine(output, runId);
        Directory.CreateDirectory(Folder);
        _metrics = new MetricsFile(Folder);
        var latest = Path.Combine(output, "latest");
        if (new FileInfo(latest).LinkTarget is not null)
        {
            File.Delete(latest);
        }

        if (!Path.Exists(latest))
        {
            Directory.CreateSymbolicLink(latest, runId);
        }
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>Says a line: on standard output, and to ./specs, which shows it while the run goes on.</summary>
    public void Say(string line)
    {
        Console.WriteLine(line);
        if (_progress is not null)
        {
            File.AppendAllText(_progress, line + "\n");
        }
    }

    /// <summary>Says what is run, where and with what.</summary>
    public void SayBanner(IReadOnlyList<(string Name, string Value)> lines)
    {
        _banner = string.Join('\n', lines.Select(l => $"{l.Name,-8} {l.Value}"));
        Say(_banner + "\n");
    }

    /// <summary>Records a scenario's end, with the histories of its workloads.</summary>
    public void Add(ScenarioResult result, IReadOnlyList<Load> loads)
    {
        _results.Add(result);
        foreach (var row in result.Metrics)
        {
            _metrics.Append(row);
        }

        // For programs: the soak, the proof and the comparison of runs read it.
        File.AppendAllText(Path.Combine(Folder, ResultsName), JsonSerializer.Serialize(new ScenarioLine(
            result.Feature, result.Title, result.Outcome, result.Duration.TotalSeconds, result.Problem)) + "\n");
        using (var history = new StreamWriter(Path.Combine(Folder, "history.jsonl"), append: true))
        {
            foreach (var operation in loads.SelectMany(l => l.History.Operations))
            {
                history.WriteLine(JsonSerializer.Serialize(new { scenario = result.Title, operation }));
            }
        }

        var mark = result.Outcome switch { "passed" => "✓", "skipped" => "-", _ => "✗" };
        Say(string.Create(CultureInfo.InvariantCulture,
            $"{mark} {result.Feature} › {result.Title} ({result.Duration.TotalSeconds:0.0} s)"));
        if (result.Problem is not null)
        {
            Say("    " + result.Problem.ReplaceLineEndings("\n    "));
        }
    }

    /// <summary>Keeps a file of evidence of a failed scenario.</summary>
    /// <returns>Its path.</returns>
    public string Keep(string scenario, string name, string content)
    {
        var safe = string.Concat(scenario.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var folder = Path.Combine(Folder, "failed", safe);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Says the table of all workloads, and writes report.md.</summary>
    public void Finish()
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple)
            .AddColumns("scenario", "sessions", "transactions", "overlap", "audits", "retries", "tx/s", "p50 ms", "p95 ms", "seconds");
        foreach (var m in _results.SelectMany(r => r.Metrics))
        {
            table.AddRow([.. Cells(m).Select(Markup.Escape)]);
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        console.Write(table);
        Say(string.Join('\n', text.ToString().Split('\n').Select(l => l.TrimEnd())));

        var report = Path.Combine(Folder, "report.md");
        File.WriteAllText(report, Markdown());
        Say($"report   {report}");
        Say($"metrics  {Path.Combine(Folder, MetricsFile.Name)}");
        Say($"results  {Path.Combine(Folder, "results.trx")}");
    }

    private string Markdown()
    {
        var page = new StringBuilder("# TVIEW concurrency specification\n\n```\n" + _banner + "\n```\n\n");
        page.AppendLine(CultureInfo.InvariantCulture, $"{Count("passed")} passed, {Count("failed")} failed, {Count("skipped")} skipped.\n");
        foreach (var feature in _results.GroupBy(r => r.Feature))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"## {feature.Key}\n");
            foreach (var r in feature)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- **{r.Outcome}** {r.Title} ({r.Duration.TotalSeconds:0.0} s)");
                if (r.Problem is not null)
                {
                    page.Append("\n  ```\n  ").Append(r.Problem.ReplaceLineEndings("\n  ")).Append("\n  ```\n");
                }
            }

            page.AppendLine();
        }

        page.AppendLine("| scenario | sessions | transactions | overlap | audits | retries | tx/s | p50 ms | p95 ms | seconds |");
        page.AppendLine("| --- |" + string.Concat(Enumerable.Repeat(" ---: |", 9)));
        foreach (var m in _results.SelectMany(r => r.Metrics))
        {
            page.AppendLine("| " + string.Join(" | ", Cells(m).Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))) + " |");
        }

        return page.ToString();
    }

    private int Count(string outcome) => _results.Count(r => r.Outcome == outcome);

    private static string[] Cells(WorkloadMetrics m) =>
    [
        m.TestName, Text(m.Connections), Text(m.Ok), Text(m.LargestOverlap), Text(m.Audits), Text(m.Retried),
        Text(m.OpsPerSec), Text(m.P50LatencyMs), Text(m.P95LatencyMs), m.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
    ];

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}

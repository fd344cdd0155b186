using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Reports.Pictures;
using Specs.Support.Workloads.OwnTables;
using Spectre.Console;

namespace Specs.Support.Reports;

/// <summary>What a run leaves behind, and what it says while it runs.</summary>
public sealed class RunReport
{
    /// <summary>The file with one <see cref="ScenarioLine"/> for each scenario, as JSON.</summary>
    public const string ResultsName = "results.jsonl";

    /// <summary>The file with what was run, where and with what.</summary>
    public const string BannerName = "run.json";

    /// <summary>The steps of a race that failed, reduced, in the folder of its evidence.</summary>
    public const string ScriptName = "race.sql";

    /// <summary>The tables on which to take them, in the same folder.</summary>
    public const string SetupName = "setup.sql";

    /// <summary>The page for people.</summary>
    public const string PageName = "report.html";

    // Of the smallest picture of a workload.
    private const int Windows = 20;

    private readonly Lock _adding = new();
    private List<ScenarioResult> _results = [];
    private readonly List<WorkloadMetrics> _rows = [];
    private readonly List<(string Title, EvidenceTable Table)> _sections = [];
    private readonly MetricsFile _metrics;
    private readonly ProgressSocket? _progress;
    private IReadOnlyList<(string Name, string Value)> _banner = [];

    /// <summary>Makes the folder of the run and points "latest" at it.</summary>
    /// <param name="output">The folder below which every run has its own.</param>
    /// <param name="runId">The run's name.</param>
    /// <param name="progress">Where all that is said goes as well; null without it.</param>
    public RunReport(string output, string runId, ProgressSocket? progress)
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

    /// <summary>How often every scenario is run; null where it is run once.</summary>
    public SoakTally? Soak { get; init; }

    /// <summary>Whether a scenario has failed in this way in an earlier repetition: then it has been reduced.</summary>
    internal bool HasFailed(ScenarioId scenario, string title) => Soak?.HasFailed(scenario, title) == true;

    /// <summary>The engines side by side, where the results are those of several runs; null in a run of one.</summary>
    public EngineMatrix? Engines { get; init; }

    /// <summary>What the run shows of a user's own TVIEWs; null where none were given.</summary>
    internal OwnAnswer? Own { get; set; }

    /// <summary>The repetition that is under way, from 1: each has evidence of its own.</summary>
    public int Repetition { get; set; } = 1;

    /// <summary>Says a line: on standard output, and to ./specs, which shows it while the run goes on.</summary>
    public void Say(string line)
    {
        Console.WriteLine(line);
        _progress?.Say(line);
    }

    /// <summary>Says what is run, where and with what.</summary>
    public void SayBanner(IReadOnlyList<(string Name, string Value)> lines)
    {
        _banner = lines;
        File.WriteAllText(
            Path.Combine(Folder, BannerName),
            JsonSerializer.Serialize(lines.Select(l => new[] { l.Name, l.Value }))
        );
        Say(Banner + "\n");
    }

    /// <summary>Adds a table to the pages: a matrix, a summary. Whoever cannot reach this leaves a file with a Markdown
    /// table in the run's folder, such as anomaly-matrix.md, and it becomes a section too.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="table">Its caption, header and rows.</param>
    public void AddSection(string title, EvidenceTable table) => _sections.Add((title, table));

    /// <summary>Records a scenario's end, with the histories of its workloads. Several may end at once.</summary>
    public void Add(ScenarioResult result, IReadOnlyList<LoadResult> loads)
    {
        using var held = _adding.EnterScope();
        _rows.AddRange(result.Metrics);
        foreach (var row in result.Metrics)
        {
            _metrics.Append(row);
        }

        // For programs: the soak, the proof and the comparison of runs read it.
        File.AppendAllText(Path.Combine(Folder, ResultsName), JsonSerializer.Serialize<ScenarioLine>(result) + "\n");
        Soak?.Add(result);
        // Of a hundred repetitions the first and those that failed tell all that there is to see.
        if (Soak is null || result.Outcome == "failed" || Soak.IsFirst(result))
        {
            var largest = loads.OrderByDescending(l => l.History.Operations.Count).FirstOrDefault();
            _results.Add(
                result with
                {
                    Throughput = largest is null
                        ? []
                        : [.. Window.Cut(largest.History, Windows).Select(w => w.OpsPerSec)],
                }
            );
            KeepHistory(result, loads);
        }

        if (Engines is null)
        {
            Tell(result);
        }
    }

    // Those of other runs were told by them.
    private void Tell(ScenarioResult result)
    {
        var mark = result.Outcome switch { "passed" => "✓", "skipped" => "-", "known" => "~", _ => "✗" };
        if (Soak is null || result.Outcome != "passed")
        {
            // At once: others end beside it.
            string[] lines = [
                string.Create(CultureInfo.InvariantCulture, $"{mark} {result.Scenario} ({result.Seconds:0.0} s)"),
                .. result.Notes.Select(n => $"    {n}"),
                .. result.Problem is { } problem ? new[] { "    " + problem.ReplaceLineEndings("\n    ") } : []];
            Say(string.Join('\n', lines));
        }

        if (Soak?.Progress() is { } progress)
        {
            Say(progress);
        }
    }

    /// <summary>Keeps a file of evidence of a failed scenario.</summary>
    /// <returns>Its path.</returns>
    public string Keep(ScenarioId scenario, string name, string content)
    {
        var path = Path.Combine(EvidenceFolder(Folder, scenario, Repetition), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Where the evidence of a failed scenario is.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="repetition">Which repetition, from 1.</param>
    public static string EvidenceFolder(string run, ScenarioId scenario, int repetition) =>
        Path.Combine(run, "failed", scenario.Folder) + (repetition == 1 ? "" : $"-{repetition}");

    /// <summary>Keeps a picture as a file of its own, for reports that take attachments.</summary>
    /// <param name="figure">The figure of the page.</param>
    /// <returns>Its path.</returns>
    public string KeepPicture(XElement figure)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "pictures")).FullName;
        var path = Path.Combine(folder, $"{(string)figure.Descendants("title").First().Attribute("id")!}.svg");
        File.WriteAllText(path, Svg.Alone(figure.Element("svg")!));
        return path;
    }

    /// <summary>Says the table of all workloads and writes the pages.</summary>
    /// <param name="limits">What the figures may be; whoever broke one has failed already.</param>
    /// <returns>Whether a soak ran all that it was to run: where not, the run has failed. Null for any other
    /// run.</returns>
    public CheckResult? Finish(IReadOnlyList<Limit> limits)
    {
        _results = [.. _results.OrderBy(r => ReadingOrder.PlaceOf(r.Scenario))];
        if (Engines is null)
        {
            Say(Figures.Text(_results));
        }

        var features = FeatureText.All();
        var absent = NotRun.Of(features, _results);
        foreach (var (i, group) in absent.Index())
        {
            Say($"{(i == 0 ? "not run" : ""),-8} {group}");
        }

        // Once more: they were told where they ended, before a long table.
        foreach (var failed in _results.Where(r => r.Outcome == "failed" && Soak is null && Engines is null))
        {
            Say($"✗ {failed.Scenario}\n    {failed.Problem?.ReplaceLineEndings("\n").Split('\n')[0]}");
        }

        var soak = Soak?.Check();
        AddSections([.. Limits.Check(limits, _rows), .. soak is null ? [] : new[] { soak }]);
        var report = Path.Combine(Folder, "report.md");
        File.WriteAllText(
            report,
            new MarkdownPage(
                Banner,
                [
                    $"{Count("passed")} passed, {Count("failed")} failed, {Count("known")} known, "
                        + $"{Count("skipped")} skipped.",
                    .. Engines is null ? [] : new[] { Engines.Markdown() },
                    .. Soak?.Summary() ?? [],
                    .. Own is null ? [] : new[] { YourTviews.Markdown(Own) },
                ],
                _results,
                absent,
                _sections
            ).ToString()
        );
        var began = Stopwatch.GetTimestamp();
        var page = Path.Combine(Folder, PageName);
        var living = new LivingPage(_banner, features, _results, _sections) { Engines = Engines, Own = Own };
        File.WriteAllText(page, living.ToString());
        Engines?.Write(Folder);
        if (soak?.Verdict == Verdict.Fail)
        {
            Say($"✗ {soak}");
        }

        Soak?.Summary().ForEach(Say);
        Say($"report   {page}" + string.Create(CultureInfo.InvariantCulture,
            $" ({new FileInfo(page).Length / 1e6:0.0} MB, written in "
                + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s) and {report}"));
        if (Engines is not null)
        {
            Say($"engines  {Path.Combine(Folder, EngineMatrix.PageName)} and "
                + Path.Combine(Folder, EngineMatrix.MarkdownName));
        }

        if (_rows.Count > 0)
        {
            Say($"metrics  {Path.Combine(Folder, MetricsFile.Name)}");
        }

        if (_progress is not null)
        {
            Say($"results  {Path.Combine(Folder, "results.trx")}");     // where ./specs puts them
        }

        return soak;
    }

    private string Banner => string.Join('\n', _banner.Select(l => $"{l.Name,-8} {l.Value}"));

    private IEnumerable<WorkloadMetrics> Shown => _results.SelectMany(r => r.Metrics);

    private void KeepHistory(ScenarioResult result, IReadOnlyList<LoadResult> loads)
    {
        using var history = new StreamWriter(Path.Combine(Folder, "history.jsonl"), append: true);
        foreach (var operation in loads.SelectMany(l => l.History.Operations))
        {
            history.WriteLine(JsonSerializer.Serialize(new { scenario = result.Scenario.ToString(), operation }));
        }

        foreach (var injection in loads.SelectMany(l => l.Injections))
        {
            history.WriteLine(JsonSerializer.Serialize(new { scenario = result.Scenario.ToString(), injection }));
        }
    }

    private void AddSections(IReadOnlyList<CheckResult> judged)
    {
        if (Soak is not null)
        {
            AddSection("Repetitions", Soak.Table());
        }

        foreach (
            var file in Directory
                .GetFiles(Folder, "*.md")
                .Where(f => Path.GetFileName(f) is not ("report.md" or EngineMatrix.MarkdownName))
                .Order(StringComparer.Ordinal)
        )
        {
            _sections.AddRange(MarkdownTable.In(file));
        }

        AddSection("Limits of the figures", Figures.Judged(judged));
        if (Shown.Any())
        {
            AddSection("Figures of all workloads", Figures.Table(_results));
        }

        if (Figures.Work(_results) is { Rows.Count: > 0 } work)
        {
            AddSection("The server's work, counted", work);
        }
    }

    private int Count(string outcome) => Soak?.Count(outcome) ?? _results.Count(r => r.Outcome == outcome);
}

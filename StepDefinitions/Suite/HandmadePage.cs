using System.Diagnostics;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Reports.Pictures;
using Specs.Support.Running;
using Specs.Support.Workloads.OwnTables;

namespace Specs.StepDefinitions.Suite;

/// <summary>A page of results that were written by hand, and the browser that looks at it.</summary>
public sealed class HandmadePage(Run run, Requirements requires) : IAsyncDisposable
{
    private const string Feature = "A feature by hand";

    private readonly List<ScenarioText> _texts = [];
    private readonly List<ScenarioResult> _results = [];
    private readonly List<EvidenceTable> _tables = [];
    private readonly List<string> _findings = [];
    private Chromium? _browser;
    private OwnAnswer? _own;

    /// <summary>The browser.</summary>
    public Chromium Browser => _browser ?? throw new InvalidOperationException("The page is not open.");

    /// <summary>A scenario; without an outcome it did not run.</summary>
    public void Add(string name, string[] tags, string outcome, string[] steps)
    {
        _texts.Add(
            new ScenarioText(
                new(Feature, name),
                ("", ""),
                "",
                tags,
                [
                    new("Given", "100 sessions", []),
                    new(
                        "When",
                        "all sessions work at once",
                        [
                            ["sessions", "what"],
                            ["100", name],
                        ]
                    ),
                    new("Then", "the TVIEW contract held", []),
                ]
            )
        );
        if (outcome.Length > 0)
        {
            _results.Add(new ScenarioResult(new ScenarioLine(new(Feature, name), outcome, 2,
                outcome switch { "passed" => null, "skipped" => "there is no pooler", _ => $"{Contract.Exact}: FAIL" })
            {
                Steps = [.. steps.Select(s => new StepResult(s, 0.1))],
                Seed = 42,
                Judged = outcome switch
                {
                    "passed" => [new(Contract.Exact, Verdict.Pass), new(Contract.Live, Verdict.Pass)],
                    "failed" => [new(Contract.Exact, Verdict.Fail)],
                    _ => [],
                },
            }, outcome == "passed" ? [HandmadeFigures.Row(name, 100, 5, 4, 6) with { P95LatencyMs = 9 }] : [])
            {
                Throughput = outcome == "passed" ? [100, 140, 120, 150] : [],
                Pictures = outcome == "passed" ? Pictures() : [],
            });
        }
    }

    /// <summary>Evidence of the one that failed.</summary>
    public void AddDifference(EvidenceTable table) => _tables.Add(table);

    /// <summary>Evidence of the one that failed.</summary>
    public void AddFinding(string finding) => _findings.Add(finding);

    /// <summary>What a run with --schema shows.</summary>
    internal void AddOwn(OwnAnswer answer) => _own = answer;

    /// <summary>Writes the page and opens it, in a browser of its own.</summary>
    public async Task OpenAsync(bool scripts)
    {
        requires.Browser();
        await DisposeAsync();
        var folder = run.NewFolder("page");
        var page = new LivingPage(
            [("engine", "by hand")],
            [new FeatureText(Feature, "Made for a look.", _texts)],
            [
                .. _results.Select(r =>
                    r.Outcome == "failed"
                        ? r with
                        {
                            Broken = [CheckResult.From(Contract.Exact, "by hand", _findings) with { Tables = _tables }],
                        }
                        : r
                ),
            ],
            [
                (
                    AnomalyGrid.Section,
                    new EvidenceTable(
                        "How the permutations ended",
                        ["race", "READ COMMITTED, direct", "SERIALIZABLE, direct", "READ COMMITTED, pooled"],
                        [
                            ["Two writers of one row", "2 STALE, 18 exact", "3 blocked then exact, 17 exact", ""],
                        ]
                    )
                ),
                (
                    "A matrix",
                    new EvidenceTable(
                        "Faults and who caught them",
                        ["fault", "caught by"],
                        [
                            ["no locks", "caught: users are renamed"],
                        ]
                    )
                ),
            ]
        )
        {
            Own = _own,
        };
        var file = Path.Combine(folder, RunReport.PageName);
        await File.WriteAllTextAsync(file, page.ToString());
        _browser = await Chromium.OpenAsync(file, scripts, Path.Combine(folder, "profile"));
    }

    private static XElement[] Pictures()
    {
        var operations = Enumerable
            .Range(0, 200)
            .Select(i => new Operation(
                1 + (i % 10),
                i % 10 == 9 ? History.Auditor : "insert",
                i * Stopwatch.Frequency / 100,
                (i + 8) * Stopwatch.Frequency / 100,
                i % 40 == 0 ? Outcome.Failed : Outcome.Ok,
                i % 40 == 0 ? "40P01" : null,
                1,
                i % 40 == 0,
                null
            ));
        var load = new LoadResult([.. Enumerable.Repeat(20, 10)], TimeSpan.FromSeconds(2), new History(operations));
        return [Timeline.Of("time", load), Lanes.Of("lanes", load, [])];
    }

    /// <summary>Ends the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        _browser = null;
    }
}

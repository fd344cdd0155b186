using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Scheduling;

namespace Specs.Support.Reports;

/// <summary>The tables of the matrix of engines.</summary>
internal static class EngineTables
{
    /// <summary>The feature that measures throughput and latency for the matrix.</summary>
    internal const string CostFeature = "Throughput on one key and on many";

    /// <summary>The table of races in the page.</summary>
    internal const string RacesId = "engines-races";

    // How scenarios end, the worst first.
    private static readonly (string Outcome, string Class)[] Outcomes =
        [("failed", "bad"), ("known", "unsure"), ("passed", "good"), ("skipped", "none")];

    /// <summary>What each engine is, how its scenarios ended, and which contracts held.</summary>
    internal static MatrixTable Glance(IReadOnlyList<EngineColumn> columns) =>
        new(
            "engines-glance",
            "At a glance",
            "What each engine is, how its scenarios ended, and whether each contract held in them",
            ["what"],
            [
                .. new[] { ("it is", "about"), ("server", "server"), ("run", "began"), ("machine", "machine") }
                    .Select(line => Row(columns, "", line.Item1, c => Told(c, line.Item2)))
                    .Where(row => row.Cells.Any(c => c.Text.Length > 0)),
                Row(columns, "", "scenarios", c => EndingOf(c, c.Lines)),
                .. Contract.All.Select(contract => Row(columns, "", contract.Name, c => HeldBy(c, contract))),
            ]
        );

    /// <summary>Engine × feature.</summary>
    internal static MatrixTable Features(IReadOnlyList<EngineColumn> columns) =>
        new(
            "engines-features",
            "Engine × feature",
            "How the scenarios of each feature ended on each engine",
            ["feature"],
            [
                .. columns
                    .SelectMany(c => c.Lines)
                    .Select(l => l.Scenario.Feature)
                    .Distinct()
                    .OrderBy(f => ReadingOrder.PlaceOf(f))
                    .Select(f =>
                        Row(columns, "", f, c => EndingOf(c, [.. c.Lines.Where(l => l.Scenario.Feature == f)]))
                    ),
            ]
        );

    /// <summary>Engine × race: the worst outcome of all permutations, over all routes.</summary>
    internal static MatrixTable Races(IReadOnlyList<EngineColumn> columns) =>
        new(
            RacesId,
            "Engine × race",
            "The worst outcome of each race, over all its permutations and routes",
            ["race", "isolation level"],
            [
                .. columns
                    .SelectMany(c => c.Races)
                    .GroupBy(r => (r.Scenario.Feature, r.Isolation))
                    .OrderBy(g => ReadingOrder.PlaceOf(g.Key.Feature))
                    .ThenBy(g => g.Key.Feature, StringComparer.Ordinal)
                    .ThenBy(g => AnomalyMatrix.PlaceOf(g.Key.Isolation))
                    .Select(g =>
                        Row(
                            columns,
                            g.Key.Feature,
                            g.Key.Isolation.ToUpperInvariant(),
                            c => WorstOf(c, [.. c.Races.Where(r => (r.Scenario.Feature, r.Isolation) == g.Key)],
                                [.. g.Select(r => r.Scenario).Distinct()])
                        )
                    ),
            ]
        );

    /// <summary>Engine × cost.</summary>
    internal static MatrixTable Cost(IReadOnlyList<EngineColumn> columns)
    {
        var figures = columns.SelectMany(c => c.Figures).ToList();
        var machines = figures.Select(f => f.Row.Machine).Distinct().ToList();
        return new(
            "engines-cost",
            "Engine × cost",
            machines.Count < 2
                ? $"What exactness costs, measured on {string.Concat(machines)}; red where the scenario failed"
                : $"What exactness costs, measured on several machines ({string.Join("; ", machines)}), so that "
                    + "figures of different columns cannot be compared",
            ["measured", "case"],
            [
                .. from f in figures
                   where f.Row.MaintenanceCost is not null
                   group f by f.Row.TestName into test
                   select Row(columns, "cost of maintenance", CaseOf(test.First().Line.Scenario),
                       c => Figure(c, f => f.Row.TestName == test.Key, [(r => r.MaintenanceCost, "0.# ×")])),
                .. from f in figures
                   where f.Line.Scenario.Feature == CostFeature
                   group f by (Keys: f.Line.Scenario.Row.GetValueOrDefault("keys", ""), f.Row.Connections) into load
                   select Row(columns, load.Key.Keys,
                       load.Key.Connections == 1 ? "1 session" : $"{N(load.Key.Connections, "0")} sessions",
                       c => Figure(c,
                           f => f.Line.Scenario.Feature == CostFeature && f.Row.Connections == load.Key.Connections
                               && f.Line.Scenario.Row.GetValueOrDefault("keys", "") == load.Key.Keys,
                           [(r => r.OpsPerSec, "0 tx/s"), (r => r.P95LatencyMs, "'p95' 0 ms")])),
                .. from f in figures
                   where f.Row.P95LagMs is not null
                   group f by f.Row.TestName into test
                   select Row(columns, "lag until visible", CaseOf(test.First().Line.Scenario),
                       c => Figure(c, f => f.Row.TestName == test.Key,
                           [(r => r.P50LagMs, "'p50' 0 ms"), (r => r.P95LagMs, "'p95' 0 ms"),
                               (r => r.MaxLagMs, "'max' 0 ms")])),
            ]
        );
    }

    /// <summary>Why scenarios were skipped, or what is known of them: each reason once, with their number.</summary>
    internal static IReadOnlyList<string> ReasonsOf(IEnumerable<ScenarioLine> lines) =>
        [
            .. from l in lines
               where l.Outcome is "skipped" or "known"
               group l by (l.Outcome, Reason: l.Problem?.Split('\n')[0] ?? "no reason was given") into same
               orderby same.Key.Outcome, same.Count() descending
               select $"{N(same.Count(), "0")} {same.Key.Outcome}: {same.Key.Reason}",
        ];

    private static MatrixRow Row(
        IReadOnlyList<EngineColumn> columns,
        string group,
        string name,
        Func<EngineColumn, MatrixCell> cellOf
    ) => new(group, name, [.. columns.Select(cellOf)]);

    // Several runs of one engine may have run on several servers.
    private static MatrixCell Told(EngineColumn column, string line) =>
        new(
            string.Join("; ", column.Runs.Select(r => r.Of(line)?.Split(" (")[0]).OfType<string>().Distinct()),
            "plain"
        );

    private static MatrixCell EndingOf(EngineColumn column, IReadOnlyCollection<ScenarioLine> lines)
    {
        var counts = Outcomes.Select(o => (o.Outcome, o.Class, Count: lines.Count(l => l.Outcome == o.Outcome)))
            .Where(o => o.Count > 0).ToList();
        return counts.Count == 0
            ? new("not run")
            : new(string.Join(", ", counts.Select(c => $"{N(c.Count, "0")} {c.Outcome}")), counts[0].Class)
            {
                Failure = column.FailureOf(lines.Select(l => l.Scenario)),
                Reasons = ReasonsOf(lines),
            };
    }

    private static MatrixCell HeldBy(EngineColumn column, Contract contract)
    {
        var judged = column.Lines
            .SelectMany(l => l.Judged, (l, j) => (Line: l, Judged: j))
            .Where(j => j.Judged.Contract == contract)
            .ToLookup(j => j.Judged.Verdict, j => j.Line);
        var broken = judged[Verdict.Fail].Select(l => l.Scenario);
        return judged[Verdict.Fail].Any(l => l.Outcome != "known")
                ? new("broken", "bad") { Failure = column.FailureOf(broken) }
            : judged.Contains(Verdict.Fail) ? new("broken as is known", "unsure") { Failure = column.FailureOf(broken) }
            : judged.Contains(Verdict.Unknown) ? new("unknown", "unsure")
            : judged.Contains(Verdict.Pass) ? new("held", "good")
            : new("not judged");
    }

    // Scenarios are those of the race on any engine: one that has no permutations was skipped, or ended before them.
    private static MatrixCell WorstOf(EngineColumn column, List<RaceLine> races, IReadOnlyList<ScenarioId> scenarios)
    {
        if (races.Count == 0)
        {
            var lines = column.Lines.Where(l => scenarios.Contains(l.Scenario)).ToList();
            return lines.Count == 0 ? new("not run")
                : lines.TrueForAll(l => l.Outcome == "skipped") ? new("skipped") { Reasons = ReasonsOf(lines) }
                : EndingOf(column, lines);
        }

        var (colour, word) = AnomalyGrid.WorstOf(races.SelectMany(r => r.Endings.Keys));
        var failure = column.FailureOf(races.OrderByDescending(r => r.Endings.Keys.Max()).Select(r => r.Scenario));
        var isKnown = failure?.Line.Outcome == "known";
        return new(word + (isKnown ? ", known" : ""), isKnown ? "unsure" : failure is null ? colour : "bad")
        {
            Detail = AnomalyMatrix.CellOf(races),
            Failure = failure,
        };
    }

    // Of several runs the median.
    private static MatrixCell Figure(
        EngineColumn column,
        Func<(ScenarioLine Line, WorkloadMetrics Row), bool> which,
        IReadOnlyList<(Func<WorkloadMetrics, double?> Of, string Format)> figures
    )
    {
        var measured = column.Figures.Where(which).ToList();
        var values = figures
            .Select(f => (f.Format, Of: measured.Select(m => f.Of(m.Row)).OfType<double>().Order().ToList()))
            .Where(f => f.Of.Count > 0)
            .Select(f => N(WorkloadMetrics.Percentile(f.Of, 50), f.Format))
            .ToList();
        var failure = column.FailureOf(measured.Select(m => m.Line.Scenario));
        return values.Count == 0 ? new("not measured")
            : new(
                string.Join(", ", values),
                failure is null ? "plain" : failure.Line.Outcome == "known" ? "unsure" : "bad"
            )
            {
                Failure = failure,
            };
    }

    private static string CaseOf(ScenarioId scenario) => scenario.Row.GetValueOrDefault("case", scenario.Title);

    private static string N(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>How an order ended, from good to bad.</summary>
public enum PermutationOutcome
{
    /// <summary>No order was run: nothing is known.</summary>
    Unknown,

    /// <summary>Nobody waited and everything committed.</summary>
    Exact,

    /// <summary>Somebody waited, and everything committed.</summary>
    BlockedThenExact,

    /// <summary>A step failed with an error that is no anomaly, such as 42P07 where the table is there.</summary>
    Refused,

    /// <summary>A step failed with an error that the engine calls retryable.</summary>
    Retryable,

    /// <summary>The server had to break a deadlock.</summary>
    Deadlock,

    /// <summary>A contract broke, other than exact.</summary>
    Broken,

    /// <summary>A TVIEW differed from its defining query.</summary>
    Stale,
}

/// <summary>
/// What the races of a run showed: anomaly × isolation level × route, in the manner of Hermitage, which tabulates what
/// databases do with the textbook anomalies. Executed, never written down.
/// </summary>
public sealed class AnomalyMatrix
{
    private static readonly string[] Levels = ["read committed", "repeatable read", "serializable"];

    private readonly List<RaceLine> _lines = [];

    /// <summary>The file for people, in the run's folder.</summary>
    public const string FileName = "anomaly-matrix.md";

    /// <summary>The file for programs, in the run's folder: one <see cref="RaceLine"/> in each line, as JSON.</summary>
    public const string DataName = "anomaly-matrix.jsonl";

    /// <summary>Whether no race was run.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>How an order ended.</summary>
    /// <param name="play">The permutation.</param>
    /// <param name="retryable">The SQLSTATEs that the engine calls retryable.</param>
    public static PermutationOutcome EndingOf(JudgedTrace play, IReadOnlyList<string> retryable) =>
        play.Results.Any(r =>
            r.Verdict != Verdict.Pass && (r.Contract == Contract.Exact || r.Contract == Contract.Converges)
        )
            ? PermutationOutcome.Stale
        : play.Results.Any(r => r.Verdict != Verdict.Pass) ? PermutationOutcome.Broken
        : play.Trace.Refused.Any(s => s.SqlState == PostgresErrorCodes.DeadlockDetected) ? PermutationOutcome.Deadlock
        : play.Trace.Refused.Any(s => retryable.Contains(s.SqlState!)) ? PermutationOutcome.Retryable
        : play.Trace.Refused.Any() ? PermutationOutcome.Refused
        : play.Trace.Steps.Any(s => s.Waited) ? PermutationOutcome.BlockedThenExact : PermutationOutcome.Exact;

    /// <summary>Adds the orders of one race. Several races may end at once.</summary>
    /// <param name="line">How they ended.</param>
    public void Add(RaceLine line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }

    /// <summary>A cell: the worst ending first, and how many orders ended how.</summary>
    public static string CellOf(IReadOnlyCollection<PermutationOutcome> endings) =>
        CellOf(endings.CountBy(e => e).ToDictionary());

    /// <summary>The same of several races.</summary>
    /// <param name="lines">The races.</param>
    public static string CellOf(IEnumerable<RaceLine> lines) =>
        CellOf(lines.SelectMany(l => l.Endings).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Sum(e => e.Value)));

    /// <summary>An ending, as cells say it.</summary>
    /// <param name="ending">The ending.</param>
    public static string WordsOf(PermutationOutcome ending) => ending switch
    {
        PermutationOutcome.BlockedThenExact => "blocked then exact",
        PermutationOutcome.Retryable => "to be retried",
        PermutationOutcome.Broken => "BROKEN",
        PermutationOutcome.Stale => "STALE",
        _ => ending.ToString().ToLowerInvariant(),
    };

    /// <summary>The place of an isolation level, from the weakest to the strongest.</summary>
    /// <param name="isolation">The level, as SQL says it.</param>
    public static int PlaceOf(string isolation) => Array.IndexOf(Levels, isolation);

    /// <summary>The table, as Markdown.</summary>
    public string Markdown()
    {
        var columns = _lines.Select(l => (l.Isolation, l.Route)).Distinct()
            .OrderBy(c => PlaceOf(c.Isolation)).ThenBy(c => c.Route, StringComparer.Ordinal).ToList();
        var page = new StringBuilder();
        page.AppendLine(
            "| race | " + string.Join(" | ", columns.Select(c => $"{c.Isolation.ToUpperInvariant()}, {c.Route}")) + " |"
        );
        page.AppendLine("| --- |" + string.Concat(columns.Select(_ => " --- |")));
        foreach (var race in _lines.GroupBy(l => l.Scenario.Feature).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var cells = race.ToLookup(l => (l.Isolation, l.Route));
            var row = columns.Select(c => cells.Contains(c) ? CellOf(cells[c]) : "");
            page.AppendLine(CultureInfo.InvariantCulture, $"| {race.Key} | {string.Join(" | ", row)} |");
        }

        return page.ToString();
    }

    /// <summary>How many permutations each race has, how many were taken, and how fast, as Markdown.</summary>
    public string Counts() => CountsOf(_lines);

    /// <summary>The same of several races.</summary>
    /// <param name="lines">The races.</param>
    public static string CountsOf(IReadOnlyList<RaceLine> lines)
    {
        var page = new StringBuilder();
        page.AppendLine("| race | permutations | that can differ | left out | taken | a second |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var race in lines
            .GroupBy(l => l.Scenario.Feature)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Lines: g.AsEnumerable()))
            .Append(("all", lines)))
        {
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {race.Name} | {race.Lines.Sum(l => l.Of ?? l.Taken)} | "
                + $"{race.Lines.Sum(l => l.Classes ?? l.Taken)} | "
                    + $"{race.Lines.Sum(l => l.Saved ?? 0)} | {race.Lines.Sum(l => l.Taken)} | "
                    + $"{race.Lines.Sum(l => l.Taken) / race.Lines.Sum(l => l.Seconds):0} |"
            );
        }

        return page.ToString();
    }

    /// <summary>Writes the races for programs.</summary>
    /// <param name="folder">The run's folder.</param>
    public void Write(string folder) =>
        File.WriteAllLines(Path.Combine(folder, DataName), _lines.Select(l => JsonSerializer.Serialize(l)));

    /// <summary>Reads the races of a run; none where it had none.</summary>
    /// <param name="folder">The run's folder.</param>
    public static IReadOnlyList<RaceLine> Read(string folder) =>
        !File.Exists(Path.Combine(folder, DataName)) ? []
        : [.. File.ReadLines(Path.Combine(folder, DataName)).Select(l => JsonSerializer.Deserialize<RaceLine>(l)!)];

    private static string CellOf(Dictionary<PermutationOutcome, int> endings) =>
        endings.Count == 0 ? WordsOf(PermutationOutcome.Unknown)
        : string.Join(", ", endings.OrderByDescending(e => e.Key).Select(e => $"{e.Value} {WordsOf(e.Key)}"));
}

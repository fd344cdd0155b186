using System.Globalization;
using System.Text;
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
    private readonly SortedDictionary<string, Dictionary<string, List<PermutationOutcome>>> _rows = new(
        StringComparer.Ordinal
    );
    private readonly SortedSet<(int Level, string Name)> _columns = [];

    /// <summary>The file in the run's folder.</summary>
    public const string FileName = "anomaly-matrix.md";

    /// <summary>Whether no race was run.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>How an order ended.</summary>
    /// <param name="play">The permutation.</param>
    /// <param name="retryable">The SQLSTATEs that the engine calls retryable.</param>
    public static PermutationOutcome EndingOf(JudgedTrace play, IReadOnlyList<string> retryable) =>
        play.Results.Any(r => r.Verdict != Verdict.Pass && r.Contract == Contract.Exact) ? PermutationOutcome.Stale
        : play.Results.Any(r => r.Verdict != Verdict.Pass) ? PermutationOutcome.Broken
        : play.Trace.Refused.Any(s => s.SqlState == PostgresErrorCodes.DeadlockDetected) ? PermutationOutcome.Deadlock
        : play.Trace.Refused.Any(s => retryable.Contains(s.SqlState!)) ? PermutationOutcome.Retryable
        : play.Trace.Refused.Any() ? PermutationOutcome.Refused
        : play.Trace.Steps.Any(s => s.Waited) ? PermutationOutcome.BlockedThenExact : PermutationOutcome.Exact;

    /// <summary>Adds the orders of one race.</summary>
    /// <param name="anomaly">The race.</param>
    /// <param name="isolation">The level of its transactions, as SQL says it.</param>
    /// <param name="route">How its sessions connected.</param>
    /// <param name="endings">How its orders ended.</param>
    public void Add(string anomaly, string isolation, string route, IEnumerable<PermutationOutcome> endings)
    {
        var column = $"{isolation.ToUpperInvariant()}, {route}";
        _columns.Add((Array.IndexOf(["read committed", "repeatable read", "serializable"], isolation), column));
        _rows.TryAdd(anomaly, []);
        _rows[anomaly].TryAdd(column, []);
        _rows[anomaly][column].AddRange(endings);
    }

    /// <summary>A cell: the worst ending first, and how many orders ended how.</summary>
    public static string CellOf(IReadOnlyCollection<PermutationOutcome> endings) =>
        endings.Count == 0
            ? WordsOf(PermutationOutcome.Unknown)
            : string.Join(
                ", ",
                endings.GroupBy(e => e).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {WordsOf(g.Key)}")
            );

    /// <summary>The table, as Markdown.</summary>
    public string Markdown()
    {
        var page = new StringBuilder();
        page.AppendLine("| race | " + string.Join(" | ", _columns.Select(c => c.Name)) + " |");
        page.AppendLine("| --- |" + string.Concat(_columns.Select(_ => " --- |")));
        foreach (var (anomaly, cells) in _rows)
        {
            var row = _columns.Select(c => cells.TryGetValue(c.Name, out var endings) ? CellOf(endings) : "");
            page.AppendLine(CultureInfo.InvariantCulture, $"| {anomaly} | {string.Join(" | ", row)} |");
        }

        return page.ToString();
    }

    private static string WordsOf(PermutationOutcome ending) => ending switch
    {
        PermutationOutcome.BlockedThenExact => "blocked then exact",
        PermutationOutcome.Retryable => "to be retried",
        PermutationOutcome.Broken => "BROKEN",
        PermutationOutcome.Stale => "STALE",
        _ => ending.ToString().ToLowerInvariant(),
    };
}

using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>
/// What was tried with which column by which kind of statement, because of which column it was refused, and what was
/// judged of each TVIEW: so that nobody takes silence for proof.
/// </summary>
/// <param name="constraints">For each constraint its columns, as table.column.</param>
/// <param name="columns">All columns, as table.column.</param>
internal sealed class Exercise(ILookup<string, string> constraints, IReadOnlyList<string> columns)
{
    private readonly ConcurrentDictionary<(string Column, string Kind), int> _done = new();
    private readonly ConcurrentDictionary<string, int> _tried = new();
    private readonly ConcurrentDictionary<(string Column, string State), int> _refused = new();
    private readonly ConcurrentDictionary<string, long> _snapshots = new();
    private readonly ConcurrentDictionary<string, OwnFinding> _findings = new();
    private readonly ConcurrentDictionary<string, FanOut> _fanOuts = new();
    private readonly ConcurrentDictionary<string, StatementCost> _costs = new();
    private long _permutations, _transactions, _waited, _known, _apart;

    /// <summary>Notes a statement.</summary>
    internal void Note(Statement statement, PostgresException? refusal)
    {
        foreach (var column in statement.Columns)
        {
            _tried.AddOrUpdate(column, 1, (_, n) => n + 1);
            if (refusal is null)
            {
                _done.AddOrUpdate((column, statement.Kind), 1, (_, n) => n + 1);
            }
        }

        if (refusal is { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal)
            || state.StartsWith("23", StringComparison.Ordinal)))
        {
            foreach (var column in ColumnsOf(statement, refusal))
            {
                _refused.AddOrUpdate((column, state), 1, (_, n) => n + 1);
            }
        }
    }

    /// <summary>Notes what was judged.</summary>
    /// <param name="permutations">How many permutations, each with all TVIEWs.</param>
    /// <param name="transactions">How many transactions of a load, after which all TVIEWs were compared.</param>
    /// <param name="snapshots">The TVIEW of each comparison while a load ran.</param>
    internal void NoteJudged(long permutations, long transactions, IEnumerable<string> snapshots)
    {
        Interlocked.Add(ref _permutations, permutations);
        Interlocked.Add(ref _transactions, transactions);
        foreach (var tview in snapshots)
        {
            _snapshots.AddOrUpdate(tview, 1, (_, n) => n + 1);
        }
    }

    /// <summary>Notes a finding; one that has a script takes the place of one that has none.</summary>
    /// <param name="tview">The TVIEW that differed; empty where the finding is about no single one.</param>
    /// <param name="finding">The finding.</param>
    internal void NoteFinding(string tview, OwnFinding finding) =>
        _findings.AddOrUpdate(tview, finding, (_, known) => known.Folder is null ? finding : known);

    /// <summary>Notes how many rows of a TVIEW a statement changed.</summary>
    internal void NoteFanOut(string tview, FanOut seen) =>
        _fanOuts.AddOrUpdate(tview, seen, (_, most) => seen.Rows > most.Rows ? seen : most);

    /// <summary>Notes a permutation in which a session waited.</summary>
    /// <param name="apart">
    /// Whether perhaps without need, as <see cref="OwnWaits.Apart"/> says; null where that is unknown.
    /// </param>
    internal void NoteWait(bool? apart)
    {
        Interlocked.Increment(ref _waited);
        Interlocked.Add(ref _known, apart is null ? 0 : 1);
        Interlocked.Add(ref _apart, apart == true ? 1 : 0);
    }

    /// <summary>Notes what a kind of statement costs.</summary>
    internal void NoteCost(StatementCost cost) => _costs[cost.Kind] = cost;

    /// <summary>All of it.</summary>
    /// <param name="folder">The tables' folder.</param>
    /// <param name="tviews">The TVIEWs.</param>
    /// <param name="without">Those that the engine does not take, each with the reason.</param>
    internal OwnAnswer Answer(string folder, IEnumerable<string> tviews, IReadOnlyDictionary<string, string> without) =>
        new(
            folder,
            [
                .. tviews.Select(t => new TviewAnswer(t)
                {
                    Finding = _findings.GetValueOrDefault(t),
                    Permutations = _permutations,
                    Transactions = _transactions,
                    Snapshots = _snapshots.GetValueOrDefault(t),
                    Largest = _fanOuts.GetValueOrDefault(t),
                }),
                .. without.Select(t => new TviewAnswer(t.Key) { LeftOut = t.Value }),
            ],
            columns.Count,
            [.. Never()]
        )
        {
            Others = _findings.TryGetValue("", out var other) ? [other] : [],
            Costs = [.. _costs.Values.OrderBy(c => c.Kind, StringComparer.Ordinal)],
            Waits = new(_permutations, _waited, _known, _apart),
        };

    /// <summary>What was tried, and what mostly in vain, in lines.</summary>
    internal IEnumerable<string> Told() =>
        Refusals()
            .Prepend($"  never written: {string.Join(", ", Never().DefaultIfEmpty("no column"))}")
            .Prepend($"  statements wrote {columns.Count - Never().Count()} of {columns.Count} columns, in "
                + $"{_done.Keys.Select(k => k.Kind).Distinct().Count()} ways");

    /// <summary>How often each kind of statement wrote each column, as a table of Markdown.</summary>
    internal string Matrix()
    {
        var kinds = _done.Keys.Select(k => k.Kind).Distinct().Order(StringComparer.Ordinal).ToList();
        string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
        return Row(kinds.Prepend("column")) + Row(kinds.Select(_ => "---:").Prepend("---"))
            + string.Concat(columns.Select(c => Row(kinds.Select(k =>
                _done.TryGetValue((c, k), out var n) ? n.ToString(CultureInfo.InvariantCulture) : "").Prepend(c))));
    }

    private IEnumerable<string> Never() => columns.Except(_done.Keys.Select(k => k.Column));

    /// <summary>The columns because of which most draws were refused, a line each.</summary>
    internal IEnumerable<string> Refusals() =>
        from refused in _refused
        let tried = _tried.GetValueOrDefault(refused.Key.Column)
        // A parent that is gone is no matter of values.
        where tried >= 10 && refused.Value * 2 > tried && refused.Key.State != PostgresErrorCodes.ForeignKeyViolation
        orderby refused.Value descending
        select $"  {refused.Key.Column}: {refused.Value} of {tried} statements that write it were refused with "
            + $"{refused.Key.State}; SELECT … AS \"{refused.Key.Column}\" in values.sql gives values that are taken";

    // What the error says; else, as where a value is out of range, all that the statement writes.
    private IEnumerable<string> ColumnsOf(Statement statement, PostgresException refusal) =>
        refusal is { ColumnName: { } column, TableName: { } table } ? [$"{table}.{column}"]
            : refusal.ConstraintName is { } constraint && constraints[constraint].ToList() is { Count: > 0 } all
                ? all.Intersect(statement.Columns).DefaultIfEmpty(all[0])
            : statement.Columns;
}

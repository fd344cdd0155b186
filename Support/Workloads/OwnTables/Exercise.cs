using System.Collections.Concurrent;
using Npgsql;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>What was tried with which column by which kind of statement, and what was refused because of which.</summary>
/// <param name="constraints">For each constraint its columns, as table.column.</param>
internal sealed class Exercise(ILookup<string, string> constraints)
{
    private readonly ConcurrentDictionary<(string Column, string Kind), int> _done = new();
    private readonly ConcurrentDictionary<string, int> _tried = new();
    private readonly ConcurrentDictionary<(string Column, string State), int> _refused = new();

    /// <summary>How often each kind of statement wrote each column, as table.column.</summary>
    internal IReadOnlyDictionary<(string Column, string Kind), int> Done => _done;

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

    /// <summary>What was tried, and what mostly in vain, in lines.</summary>
    internal IEnumerable<string> Told() =>
        Refusals().Prepend($"  statements wrote {_done.Keys.Select(k => k.Column).Distinct().Count()} columns, in "
            + $"{_done.Keys.Select(k => k.Kind).Distinct().Count()} ways");

    /// <summary>The columns because of which most draws were refused, a line each.</summary>
    internal IEnumerable<string> Refusals() =>
        from refused in _refused
        let tried = _tried.GetValueOrDefault(refused.Key.Column)
        where tried >= 10 && refused.Value * 2 > tried
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

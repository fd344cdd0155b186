namespace Specs.Support.Model;

/// <summary>The errors that users bring upon themselves: their base tables refuse what they write.</summary>
/// <param name="States">How their SQLSTATEs begin.</param>
/// <param name="Tables">The base tables, as errors name them; null for those that the suite draws, tb_*.</param>
public sealed record Refusals(IReadOnlyList<string> States, IReadOnlyList<string>? Tables = null)
{
    /// <summary>Of drawn tables: a parent that is missing, a row that is there already.</summary>
    public static Refusals OfDrawnTables { get; } = new(["23503", "23505"]);

    /// <summary>
    /// Of a user's own tables: every constraint, a value out of range or malformed, what his triggers raise.
    /// </summary>
    /// <param name="tables">The base tables and their partitions.</param>
    public static Refusals OfOwnTables(IReadOnlyList<string> tables) =>
        new(["22", "23", "428C9", "P0001", "27000"], tables);

    /// <summary>Whether an error is one of them. The same error on a TVIEW, or in the engine's own tables, is none.
    /// </summary>
    /// <param name="sqlState">Its SQLSTATE.</param>
    /// <param name="table">The table that it names; null where it names none, as a domain's does not.</param>
    public bool Include(string? sqlState, string? table) =>
        sqlState is not null
        && States.Any(s => sqlState.StartsWith(s, StringComparison.Ordinal))
        && (Tables is null ? table?.StartsWith("tb_", StringComparison.Ordinal) == true
            : table is null || Tables.Contains(table));
}

namespace Specs.Support.Model;

/// <summary>
/// A TVIEW of a workload. The suite keeps the defining query itself: an oracle must not ask the accused.
/// </summary>
/// <param name="Name">The table, for example tv_post.</param>
/// <param name="Key">Its key column, for example pk_post.</param>
/// <param name="Query">The defining query.</param>
/// <param name="Reads">The tables that the query reads.</param>
public sealed record Tview(string Name, string Key, string Query, params string[] Reads)
{
    /// <summary>
    /// SQL: the text of the column data, also where the form that every engine takes has put it into a document of that
    /// name.
    /// </summary>
    public const string Data = "coalesce(to_jsonb(data)->>'data', data::text)";

    /// <summary>
    /// A TVIEW whose defining query is stated as data, so that every engine can write it in its own form.
    /// </summary>
    /// <param name="name">The table.</param>
    /// <param name="definition">The defining query.</param>
    public Tview(string name, DefiningQuery definition)
        : this(name, definition.Key.Name, definition.Sql, [.. definition.Tables]) => Definition = definition;

    /// <summary>The defining query as data; null where it is known as text only.</summary>
    public DefiningQuery? Definition { get; }

    /// <summary>
    /// The columns that are compared, as text; empty compares whole rows, and with them the columns' order and types.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>
    /// The columns that are compared as text besides: 1.0 and 1.00 are equal, and so may be two texts of another case.
    /// </summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The forms of a query that the suite has not written; null where its text tells them.</summary>
    public IReadOnlyList<QueryForm>? Forms { get; init; }

    /// <summary>Begins an expression that cannot be computed of every row.</summary>
    internal const string Failing = "100 / ";

    /// <summary>Whether a refresh can fail because of what users write.</summary>
    public bool CanFail => Query.Contains(Failing, StringComparison.Ordinal);
}

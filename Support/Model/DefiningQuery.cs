using System.Text.RegularExpressions;

namespace Specs.Support.Model;

/// <summary>
/// A defining query as data, because engines accept different forms of it: each writes the SELECT that it takes from
/// its columns, joins and grouping.
/// </summary>
/// <param name="From">The table that it selects from.</param>
/// <param name="Key">The column that identifies a row.</param>
/// <param name="Columns">The other columns.</param>
public sealed partial record DefiningQuery(SourceTable From, QueryColumn Key, params QueryColumn[] Columns)
{
    /// <summary>The tables that it joins.</summary>
    public IReadOnlyList<QueryJoin> Joins { get; init; } = [];

    /// <summary>Which rows it takes, as WHERE says it; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>What it groups by; empty where it does not.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>The tables that it reads.</summary>
    public IEnumerable<string> Tables => [From.Name, .. Joins.Select(j => j.Table.Name)];

    /// <summary>The base tables and TVIEWs that a query reads.</summary>
    /// <param name="query">A SELECT over tables named tb_* and tv_*.</param>
    public static IEnumerable<string> TablesOf(string query) =>
        Relation().Matches(query).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(?:\w+\.)?t[bv]_\w+")]
    private static partial Regex Relation();

    /// <summary>The SELECT, word for word as a person would write it.</summary>
    public string Sql => Select([Key, .. Columns]);

    /// <summary>A SELECT of other columns from the same rows, grouped alike.</summary>
    /// <param name="columns">Its columns.</param>
    public string Select(IEnumerable<QueryColumn> columns) =>
        $"SELECT {string.Join(", ", columns)} FROM {string.Join(' ', [$"{From}", .. Joins.Select(j => $"{j}")])}"
        + (Filter is null ? "" : $" WHERE {Filter}")
        + (GroupBy.Count == 0 ? "" : $" GROUP BY {string.Join(", ", GroupBy)}");
}

/// <summary>A table of a defining query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Alias">How the query calls it; empty where by its name.</param>
public sealed record SourceTable(string Name, string Alias = "")
{
    /// <summary>As in a FROM clause.</summary>
    public override string ToString() => $"{Name} {Alias}".TrimEnd();
}

/// <summary>A column of a defining query.</summary>
/// <param name="Value">The expression, for example u.name.</param>
/// <param name="Alias">Its name, where that is not the column's own.</param>
public sealed record QueryColumn(string Value, string? Alias = null)
{
    /// <summary>The name under which the TVIEW has it.</summary>
    public string Name => Alias ?? Value[(Value.LastIndexOf('.') + 1)..];

    /// <summary>As in a list of columns.</summary>
    public override string ToString() => Alias is null ? Value : $"{Value} AS {Alias}";
}

/// <summary>A join of a defining query along a foreign key.</summary>
/// <param name="Table">The table that is joined.</param>
/// <param name="Left">The column on the left of the comparison.</param>
/// <param name="Right">The column on its right.</param>
public sealed record QueryJoin(SourceTable Table, string Left, string Right)
{
    /// <summary>Whether it is a LEFT JOIN.</summary>
    public bool IsOuter { get; init; }

    /// <summary>As in a FROM clause.</summary>
    public override string ToString() => $"{(IsOuter ? "LEFT JOIN" : "JOIN")} {Table} ON {Left} = {Right}";
}

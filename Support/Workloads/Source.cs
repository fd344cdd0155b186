namespace Specs.Support.Workloads;

/// <summary>
/// What a query can read: a base table or a TVIEW. All have a key, kind, n and t, so that any of them can stand where
/// another one does.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Subject">The base table whose key that is; empty where it is none.</param>
/// <param name="Links">Its columns that name rows of base tables, with the base table of each.</param>
/// <param name="More">Its further columns.</param>
internal sealed record Source(
    string Name,
    string Key,
    string Subject,
    (string Column, string Subject)[] Links,
    string[] More
)
{
    /// <summary>A source of groups: what it counts has no links of its own.</summary>
    internal Source(string name, string key, string subject)
        : this(name, key, subject, [], []) { }

    internal bool IsTview => Name.StartsWith("tv_", StringComparison.Ordinal);
}

/// <summary>A source that names a row of another one.</summary>
internal sealed record Pair(Source Child, string Column, Source Parent);

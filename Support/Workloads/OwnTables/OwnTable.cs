namespace Specs.Support.Workloads.OwnTables;

/// <summary>A user's base table, as the catalogue has it.</summary>
/// <param name="Name">Its name as SQL, with its schema where search_path does not find it.</param>
/// <param name="Relation">Its name as errors tell it.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Key">The columns that identify a row; empty where no index says so.</param>
/// <param name="Links">Its foreign keys.</param>
internal sealed record OwnTable(
    string Name,
    string Relation,
    IReadOnlyList<OwnColumn> Columns,
    IReadOnlyList<OwnColumn> Key,
    IReadOnlyList<OwnLink> Links
)
{
    /// <summary>The sets of columns that no two rows have in common.</summary>
    internal required IReadOnlyList<IReadOnlyList<string>> Unique { get; init; }

    /// <summary>The keys of rows that are there, or whole rows where there is no key, as text.</summary>
    internal IReadOnlyList<string?[]> Rows { get; set; } = [];

    /// <summary>How many rows there are.</summary>
    internal required long Count { get; init; }

    /// <summary>Its partitions' names, as errors tell them.</summary>
    internal required IReadOnlyList<string> Partitions { get; init; }

    /// <summary>What else it has, in words: partitions, triggers, policies.</summary>
    internal required IReadOnlyList<string> Has { get; init; }

    /// <summary>Whether it has triggers of the user's.</summary>
    internal bool HasTriggers => Has.Any(h => h.Contains("trigger", StringComparison.Ordinal));

    /// <summary>The columns that statements can write.</summary>
    internal IReadOnlyList<OwnColumn> Written => [.. Columns.Where(c => !c.IsGenerated)];

    /// <summary>The columns by which a row is found.</summary>
    internal IReadOnlyList<OwnColumn> Finding => Key.Count > 0 ? Key : [.. Columns.Where(c => c.CanBeCompared)];
}

/// <summary>A foreign key.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Parent">The table to which it leads.</param>
/// <param name="ParentColumns">The columns there, as SQL.</param>
/// <param name="IsDeferrable">Whether it can be checked at the transaction's end.</param>
internal sealed record OwnLink(
    IReadOnlyList<OwnColumn> Columns,
    string Parent,
    IReadOnlyList<string> ParentColumns,
    bool IsDeferrable
)
{
    /// <summary>Keys of the parents that are there, as text.</summary>
    internal IReadOnlyList<string?[]> Parents { get; set; } = [];

    /// <summary>Whether a row need not have a parent.</summary>
    internal bool IsNullable => Columns.All(c => c.IsNullable);
}

/// <summary>A column.</summary>
/// <param name="Name">Its name as SQL.</param>
/// <param name="Plain">Its name as errors tell it.</param>
/// <param name="Type">Its type as SQL.</param>
/// <param name="Base">The name of the type below all domains.</param>
/// <param name="Form">What kind of type that is, as pg_type.typtype says it.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="HasDefault">Whether it has a default, or is an identity column.</param>
/// <param name="Length">How many characters it takes; null for any number.</param>
/// <param name="Scale">How many decimal places it takes; null for any number.</param>
internal sealed partial record OwnColumn(
    string Name,
    string Plain,
    string Type,
    string Base,
    char Form,
    bool IsNullable,
    bool HasDefault,
    int? Length,
    int? Scale
)
{
    /// <summary>Whether it is computed from the others.</summary>
    internal bool IsGenerated { get; init; }

    /// <summary>Whether it takes a value only where a statement overrides it.</summary>
    internal bool IsAlwaysIdentity { get; init; }

    /// <summary>The sequence that gives its default.</summary>
    internal string? Sequence { get; init; }

    /// <summary>The labels of its enum.</summary>
    internal IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The type below all domains, as SQL.</summary>
    internal string BaseType { get; init; } = "";

    /// <summary>The columns of its composite type, as SQL; else none.</summary>
    internal IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Values that are there, as text.</summary>
    internal IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>Values near these, as the server computes them; none where <see cref="OwnValues"/> can.</summary>
    internal IReadOnlyList<string> Neighbours { get; set; } = [];

    /// <summary>Values that the user gives for it; they come before all others.</summary>
    internal IReadOnlyList<string> Given { get; set; } = [];

    /// <summary>Whether two of its values can be compared.</summary>
    internal bool CanBeCompared =>
        Form != 'c' && Base is not ("json" or "xml" or "point" or "polygon" or "line" or "lseg");

    internal bool IsText => Base is "text" or "varchar" or "bpchar" or "citext" or "name";

    internal bool IsInteger => Base is "int2" or "int4" or "int8";

    internal bool IsNumber => IsInteger || Base is "numeric" or "float4" or "float8";

    internal bool IsTime => Base is "timestamp" or "timestamptz";
}

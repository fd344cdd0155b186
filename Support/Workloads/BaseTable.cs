using System.Globalization;

namespace Specs.Support.Workloads;

/// <summary>How the keys of a base table are typed and written.</summary>
/// <param name="Type">The SQL type.</param>
/// <param name="Sql">SQL of the n-th key, given SQL of an integer.</param>
/// <param name="Text">The n-th key as COPY wants it.</param>
internal sealed record KeyKind(string Type, Func<string, string> Sql, Func<int, string> Text)
{
    /// <summary>Whether equal values of it always have the same text.</summary>
    internal bool HasOneText => Type is "integer" or "bigint" or "text" or "uuid" or "varchar(12)";

    // Some are twins: the second one has values that are equal but read differently, or read equal but for their type.
    internal static readonly KeyKind[] All =
    [
        new("integer", n => n, n => $"{n}"),
        new("bigint", n => $"(({n}) * 10000000000)", n => $"{n}0000000000"),
        new("text", n => $"('k ' || ({n}))", n => $"k {n}"),
        new("text", n => $"lpad(({n})::text, 4, '0')", n => $"{n:0000}"),
        new("uuid", n => $"lpad(to_hex({n}), 32, '0')::uuid", n => $"{n:x32}"),
        new("varchar(12)", n => $"('it''s ' || ({n}))", n => $"it's {n}"),
        new("char(8)", n => $"('k' || ({n}))", n => $"k{n}"),
        new("numeric", n => $"(({n}) + 0.0)", n => $"{n}.00"),
        new(
            "date",
            n => $"(date '2024-12-31' + ({n}))",
            n => new DateOnly(2024, 12, 31).AddDays(n).ToString("O", CultureInfo.InvariantCulture)
        ),
    ];
}

/// <summary>
/// A column that names a row of another base table, by a foreign key or only because queries join on it.
/// </summary>
/// <param name="Column">Its name.</param>
/// <param name="Parent">The table whose key it holds.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Constraint">REFERENCES … with its actions; empty where no foreign key is declared.</param>
internal sealed record Link(string Column, BaseTable Parent, bool Nullable, string Constraint)
{
    /// <summary>Whether the foreign key is checked at the transaction's end.</summary>
    internal bool IsDeferred => Constraint.Contains("DEFERRED", StringComparison.Ordinal);

    internal string ColumnSql =>
        $", {Column} {Parent.Keys.Type}{(Nullable ? "" : Marks.Part(" NOT NULL"))}"
        + (Constraint.Contains("SET DEFAULT", StringComparison.Ordinal) ? $" DEFAULT {Parent.Keys.Sql("1")}" : "")
        + Marks.Part(Constraint);

    /// <summary>
    /// SQL of its first values. Without a constraint half of the links lead nowhere: a join partner may come later, or
    /// have gone.
    /// </summary>
    internal string FirstSql
    {
        get
        {
            var value = Parent.Keys.Sql($"i * 13 % {Parent.Rows * (Constraint.Length == 0 ? 2 : 1)} + 1");
            return Nullable ? $"CASE WHEN i % 7 <> 0 THEN {value} END" : value;
        }
    }
}

/// <summary>How a base table is made.</summary>
internal enum TableForm
{
    /// <summary>Its key is its primary key.</summary>
    Ordinary,

    /// <summary>Its primary key has two columns; the one that others name is unique besides.</summary>
    CompositeKey,

    /// <summary>It is partitioned by its key.</summary>
    Partitioned,
}

/// <summary>A base table: a key, links, kind (0 to 4), n and t, and columns of further kinds.</summary>
/// <param name="Letter">Its letter, of which all its names are made.</param>
/// <param name="Keys">How its keys look.</param>
/// <param name="Rows">How many rows it begins with; its keys come from twice as many values.</param>
/// <param name="Form">How it is made.</param>
/// <param name="KindIsNullable">Whether kind may be null; n, t and the further columns always may.</param>
/// <param name="More">Its further columns.</param>
/// <param name="IsGenerated">Whether it has a generated column.</param>
internal sealed record BaseTable(
    char Letter,
    KeyKind Keys,
    int Rows,
    TableForm Form,
    bool KindIsNullable,
    FurtherColumn[] More,
    bool IsGenerated
)
{
    /// <summary>The role that writes where the schema's owner does not; every server has it.</summary>
    internal const string OrdinaryRole = "pg_signal_backend";

    internal string Name => $"tb_{Letter}";

    internal string Key => $"pk_{Letter}";

    /// <summary>Its links; filled while the schema is made.</summary>
    internal List<Link> Links { get; } = [];

    /// <summary>The columns that statements write.</summary>
    internal string Columns =>
        string.Join(", ", [Key, .. Links.Select(l => l.Column), "kind", "n", "t", .. More.Select(c => c.Name)]);

    /// <summary>The columns that TVIEWs show as they are.</summary>
    internal string[] Shown =>
        [.. More.Select(c => c.Name), .. IsGenerated ? new[] { Generated } : []];

    private string Generated => $"twice_{Letter}";

    /// <summary>The statements that make it; what can be left out stands between marks.</summary>
    internal string CreateSql =>
        $"CREATE TABLE {Name} ({Key} {Keys.Type} {(Form == TableForm.CompositeKey ? "NOT NULL UNIQUE" : "PRIMARY KEY")}"
        + string.Concat(Links.Select(l => l.ColumnSql))
        + $", kind integer{(KindIsNullable ? "" : Marks.Part(" NOT NULL"))}, n integer, t text"
        + string.Concat(More.Select(c => Marks.Part($", {c.Name} {c.Kind.Type}")))
        + (IsGenerated ? Marks.Part($", {Generated} integer GENERATED ALWAYS AS (n * 2) STORED") : "")
        + (Form == TableForm.CompositeKey ? Marks.Part($", PRIMARY KEY ({Key}, kind)") : "")
        + (Form == TableForm.Partitioned ? $") PARTITION BY HASH ({Key});\n" + Partition(0) + Partition(1) : ");\n")
        + string.Concat(Links.Select(l => Marks.Part($"CREATE INDEX ON {Name} ({l.Column});\n")))
        + Marks.Part($"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {Name} TO {OrdinaryRole};\n");

    /// <summary>SQL that makes the first rows.</summary>
    internal string FillSql => $"INSERT INTO {Name} ({Columns}) SELECT {Keys.Sql("i")}, "
        + string.Concat(Links.Select(l => $"{l.FirstSql}, "))
        + "i * 7 % 5, nullif(i * 31 % 50, 0), 'row ' || i"
        + string.Concat(More.Select(c => $", {c.SqlBy("i")}"))
        + $" FROM generate_series(1, {Rows}) i;\n";

    private string Partition(int remainder) =>
        $"CREATE TABLE {Name}_{remainder} PARTITION OF {Name} FOR VALUES WITH (MODULUS 2, REMAINDER {remainder});\n";
}

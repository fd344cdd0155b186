namespace Specs.Support.Workloads;

/// <summary>
/// A kind of column that base tables have beside those that queries compute with: TVIEWs show it as it is, and engines
/// have to see the smallest change of it.
/// </summary>
/// <param name="Name">Begins the column's name.</param>
/// <param name="Type">The SQL type.</param>
/// <param name="Values">Its values as text; the first two differ as little as two values of the type can.</param>
internal sealed record ColumnKind(string Name, string Type, params string[] Values)
{
    internal static readonly ColumnKind[] All =
    [
        new("seen", "timestamptz(6)", "2026-01-01 00:00:00.000001+00", "2026-01-01 00:00:00.000002+00", "infinity"),
        new("amount", "numeric(30,20)", "0.30000000000000000001", "0.30000000000000000002", "-0.1"),
        new("digits", "numeric", "1.0", "1.00", "1.1"),
        new("ratio", "double precision", "0.3", "0.30000000000000004", "0", "-0", "NaN"),
        new("part", "real", "0.3", "0.30000004"),
        new("bytes", "bytea", @"\x0102", @"\x0103", @"\x"),
        new("list", "integer[]", "{1,2,3}", "{1,2,4}", "{}", "{NULL}"),
        new("doc", "jsonb", "{\"n\": [\"x\", 1.0]}", "{\"n\": [\"x\", 1.00]}", "{\"n\": [\"X\"]}", "null"),
        new("mood", "public.mood", "high", "High", "low")
        {
            Setup = "CREATE TYPE public.mood AS ENUM ('low', 'high', 'High');\n",
        },
        new("share", "public.share", "99.98", "99.99", "100")
        {
            Setup = "CREATE DOMAIN public.share AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);\n",
        },
        new("code", "text COLLATE \"C\"", "Abc", "ABC", "Abc ", "e\u0301", "é"),
        // Its values are equal but for their text. Where the server has no ICU, they are ordinary ones.
        new("word", "text COLLATE public.nocase", "Abc", "ABC", "abc", "abc ")
        {
            Setup = """
                DO $$ BEGIN
                    CREATE COLLATION public.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                EXCEPTION WHEN feature_not_supported THEN
                    CREATE COLLATION public.nocase FROM "C";
                END $$;

                """,
        },
    ];

    /// <summary>What has to be there before a table can have such a column.</summary>
    internal string Setup { get; private init; } = "";
}

/// <summary>A column of such a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Table">The letter of its table: two tables have no such column of one name.</param>
internal sealed record FurtherColumn(ColumnKind Kind, char Table)
{
    internal string Name => $"{Kind.Name}_{Table}";

    /// <summary>SQL of its n-th value; beyond them all, NULL.</summary>
    internal string Sql(int n) => n < Kind.Values.Length ? Quoted(Kind.Values[n]) : "NULL";

    /// <summary>The same as COPY wants it.</summary>
    internal string Text(int n) =>
        n < Kind.Values.Length ? Kind.Values[n].Replace(@"\", @"\\", StringComparison.Ordinal) : @"\N";

    /// <summary>SQL of one value for each number that an expression gives, and NULL among them.</summary>
    internal string SqlBy(string number) =>
        $"(CASE ({number}) % {Kind.Values.Length + 1} "
        + string.Concat(Kind.Values.Select((v, i) => $"WHEN {i} THEN {Quoted(v)} ")) + $"END)::{Kind.Type}";

    /// <summary>SQL of the value that differs least from the one that is there.</summary>
    internal string SqlOfTwin =>
        $"(CASE WHEN {Name}::text COLLATE \"C\" = ({Sql(0)}::{Kind.Type})::text COLLATE \"C\" THEN {Sql(1)} "
        + $"ELSE {Sql(0)} END)::{Kind.Type}";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

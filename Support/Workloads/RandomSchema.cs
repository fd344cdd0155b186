using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>How the keys of a base table are typed and written.</summary>
/// <param name="Type">The SQL type.</param>
/// <param name="Sql">SQL of the n-th key, given SQL of an integer.</param>
/// <param name="Text">The n-th key as COPY wants it.</param>
internal sealed record KeyKind(string Type, Func<string, string> Sql, Func<int, string> Text)
{
    // Some are twins: the second one has values that are equal but read differently, or read equal but for their type.
    internal static readonly KeyKind[] All =
    [
        new("integer", n => n, n => $"{n}"),
        new("bigint", n => $"(({n}) * 10000000000)", n => $"{n}0000000000"),
        new("text", n => $"('k ' || ({n}))", n => $"k {n}"),
        new("text", n => $"lpad(({n})::text, 3, '0')", n => $"{n:000}"),
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
internal sealed record Link(string Column, BaseTable Parent, bool Nullable, string Constraint);

/// <summary>A base table: a key, links, kind (0 to 4), n and t.</summary>
/// <param name="Letter">Its letter, of which all its names are made.</param>
/// <param name="Keys">How its keys look.</param>
/// <param name="Rows">How many rows it begins with; its keys come from twice as many values.</param>
/// <param name="Links">Its links; filled while the schema is made.</param>
internal sealed record BaseTable(char Letter, KeyKind Keys, int Rows, List<Link> Links)
{
    internal string Name => $"tb_{Letter}";

    internal string Key => $"pk_{Letter}";

    internal string Columns => string.Concat(Links.Select(l => $"{l.Column}, ").Prepend($"{Key}, ")) + "kind, n, t";

    internal string CreateSql =>
        $"CREATE TABLE {Name} ({Key} {Keys.Type} PRIMARY KEY, "
        + string.Concat(
            Links.Select(l => $"{l.Column} {l.Parent.Keys.Type}{(l.Nullable ? "" : " NOT NULL")}{l.Constraint}, ")
        )
        + "kind integer NOT NULL, n integer, t text);\n"
        + string.Concat(Links.Select(l => $"CREATE INDEX ON {Name} ({l.Column});\n"));

    /// <summary>SQL that makes the first rows.</summary>
    internal string FillSql => $"INSERT INTO {Name} ({Columns}) SELECT {Keys.Sql("i")}, "
        + string.Concat(Links.Select(l => $"{LinkSql(l)}, "))
        + $"i * 7 % 5, nullif(i * 31 % 50, 0), 'row ' || i FROM generate_series(1, {Rows}) i";

    // Without a constraint half of the links lead nowhere: a join partner may come later, or have gone.
    private static string LinkSql(Link link)
    {
        var value = link.Parent.Keys.Sql($"i * 13 % {link.Parent.Rows * (link.Constraint.Length == 0 ? 2 : 1)} + 1");
        return link.Nullable ? $"CASE WHEN i % 7 <> 0 THEN {value} END" : value;
    }
}

/// <summary>How large random schemas are.</summary>
/// <param name="Rows">The rows of the first base table; the second and third have two and three times as many.</param>
/// <param name="Tviews">How many TVIEWs.</param>
internal sealed record SchemaSize(int Rows, int Tviews)
{
    /// <summary>For loads, in which many sessions should not always meet.</summary>
    internal static readonly SchemaSize ForLoads = new(60, 3);

    /// <summary>For races, in which everything should meet.</summary>
    internal static readonly SchemaSize ForRaces = new(3, 4);
}

/// <summary>Three base tables and some TVIEWs, all drawn from one seed.</summary>
internal sealed class RandomSchema
{
    private RandomSchema(int seed, EngineProfile engine, SchemaSize size)
    {
        Seed = seed;
        var random = new Random(seed);
        Tables = MakeTables(
            random,
            size.Rows,
            [.. KeyKind.All.Where(k => engine.Keys.Count == 0 || engine.Keys.Contains(k.Type))]
        );
        var summary = Tables.SelectMany(t => t.Links.Select(l => (Table: t, Link: l))).ToArray().Pick(random);
        ViewSql = $"CREATE VIEW v_sum AS SELECT {summary.Link.Column} AS fk, count(*) AS rows, sum(n) AS n "
            + $"FROM {summary.Table.Name} GROUP BY {summary.Link.Column}";
        var made = new RandomTviews(random, Tables, summary.Table, summary.Link, engine, size.Rows).Make(size.Tviews);
        Schema = new(
            string.Concat(Tables.Select(t => t.CreateSql))
                + string.Concat(Tables.Select(t => t.FillSql + ";\n"))
                + ViewSql,
            made
        );
    }

    internal int Seed { get; }

    /// <summary>The tables; parents stand before their children.</summary>
    internal BaseTable[] Tables { get; }

    /// <summary>The statement that makes the plain view, which sums one table by one link.</summary>
    internal string ViewSql { get; }

    internal Schema Schema { get; }

    /// <summary>The schema of a seed, within the types and the forms of queries that an engine takes.</summary>
    internal static RandomSchema Of(int seed, EngineProfile engine, SchemaSize size) => new(seed, engine, size);

    /// <summary>What to run to have the same again.</summary>
    public override string ToString() =>
        $"seed {Seed}: SPECS_SEED={Seed} makes these tables, TVIEWs and statements again\n{Schema.BaseTables};\n"
        + string.Concat(Schema.Tviews.Select(v => $"CREATE TABLE {v.Name} AS {v.Query};\n"));

    private static BaseTable[] MakeTables(Random random, int rows, IReadOnlyList<KeyKind> keys)
    {
        BaseTable[] tables = [.. "abc".Select((letter, i) => new BaseTable(letter,
            random.Chance(50) ? keys[0] : keys.Pick(random), rows * (i + 1), []))];
        var (a, b, c) = (tables[0], tables[1], tables[2]);
        switch (random.Next(3))
        {
            case 0:     // a chain
                Join(b, a, random);
                Join(c, b, random);
                break;
            case 1:     // a star
                Join(b, a, random);
                Join(c, a, random);
                break;
            default:    // a diamond
                Join(b, a, random);
                Join(c, a, random);
                Join(c, b, random);
                break;
        }

        if (random.Chance(40))
        {
            var own = tables.Pick(random);
            own.Links.Add(
                new("fk_self", own, true, random.Chance(50) ? "" : $" REFERENCES {own.Name} ON DELETE SET NULL")
            );
        }

        return tables;
    }

    private static void Join(BaseTable child, BaseTable parent, Random random)
    {
        var nullable = random.Chance(60);
        var constraint = random.Chance(30) ? "" : $" REFERENCES {parent.Name}"
            + (random.Chance(40) ? " ON DELETE CASCADE" : nullable && random.Chance(70) ? " ON DELETE SET NULL" : "")
            + (random.Chance(30) ? " ON UPDATE CASCADE" : "")
            + (random.Chance(15) ? " DEFERRABLE INITIALLY DEFERRED" : "");
        child.Links.Add(new($"fk_{parent.Letter}", parent, nullable, constraint));
    }
}

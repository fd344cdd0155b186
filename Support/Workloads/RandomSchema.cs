using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>How large random schemas are.</summary>
/// <param name="Rows">The rows of the first base table; the second and third have two and three times as many.</param>
/// <param name="Fewest">How many TVIEWs, at the least: each puts some writers in order, and hides what goes wrong in
/// the others.</param>
/// <param name="Tviews">And at the most.</param>
/// <param name="MostLoaded">How many rows one statement writes, at the most.</param>
/// <param name="Hot">How often of a hundred times a statement names the same row of its table as others.</param>
/// <param name="Single">How often a statement that lists its rows writes one only: two that write several mostly meet
/// at some other row, too, and that puts them in order.</param>
internal sealed record SchemaSize(int Rows, int Fewest, int Tviews, int MostLoaded, int Hot, int Single)
{
    /// <summary>For loads, in which many sessions should not always meet.</summary>
    internal static readonly SchemaSize ForLoads = new(60, 3, 3, 5000, 0, 0);

    /// <summary>For races, in which everything should meet.</summary>
    internal static readonly SchemaSize ForRaces = new(3, 1, 4, 8, 50, 70);
}

/// <summary>Three base tables and some TVIEWs, all drawn from one seed.</summary>
internal sealed class RandomSchema : WorkloadSchema
{
    // A TVIEW that compares each row with each would take minutes for thousands of them.
    private const int MostComparedWithAll = 150;

    // So many of a hundred hold nothing for which an engine has to refresh a TVIEW as a whole: that would put all
    // writers in order, and hide what goes wrong beside it.
    private const int Narrow = 60;

    private RandomSchema(int seed, EngineProfile engine, SchemaSize size)
    {
        Seed = seed;
        (Hot, Single) = (size.Hot, size.Single);
        var random = new Random(seed);
        var narrow = random.Chance(Narrow);
        Tables = MakeTables(
            random,
            size.Rows,
            [
                .. KeyKind.All.Where(k => engine.Keys.Count == 0 || engine.Keys.Contains(k.Type))
                    .Where(k => k.HasOneText || !narrow),
            ],
            narrow
        );
        First = string.Concat(Tables.SelectMany(t => t.More).Select(c => Marks.Part(c.Kind.Setup)).Distinct());
        var summary = Tables.SelectMany(t => t.Links.Select(l => (Table: t, Link: l))).ToArray().Pick(random);
        var triggers = new RandomTriggers(Tables, random);
        Last = Marks.Part($"CREATE VIEW v_sum AS SELECT {summary.Link.Column} AS fk, count(*) AS rows, sum(n) AS n "
            + $"FROM {summary.Table.Name} GROUP BY {summary.Link.Column};\n") + triggers.Sql;
        WritesAtCommit = triggers.WritesAtCommit;
        var tviews = new RandomTviews(random, Tables, summary.Table, summary.Link, engine, size.Rows, narrow);
        Tviews = tviews.Make(random.Next(size.Fewest, size.Tviews + 1));
        (Extra, OtherExtra) = tviews.MakeExtra();
        MostLoaded = tviews.ComparesWithAll ? Math.Min(size.MostLoaded, MostComparedWithAll) : size.MostLoaded;
        var tables = string.Concat(Tables.Select(t => t.CreateSql)) + string.Concat(Tables.Select(t => t.FillSql));
        Schema = new(
            Marks.Plain(First + tables + Last).TrimEnd().TrimEnd(';'),
            [.. Tviews.Select(SchemaParts.PlainOf)]
        );
    }

    internal override int Seed { get; }

    /// <summary>The tables; parents stand before their children.</summary>
    internal BaseTable[] Tables { get; }

    /// <summary>The statements before those that make the tables; what can be left out stands between marks.</summary>
    internal string First { get; }

    /// <summary>Those after the tables: a plain view that sums one table by one link, a user's triggers.</summary>
    internal string Last { get; }

    /// <summary>The TVIEWs; what can be left out of their queries stands between marks.</summary>
    internal Tview[] Tviews { get; }

    internal override Tview Extra { get; }

    internal override Tview OtherExtra { get; }

    internal override string? Failing => Tviews.FirstOrDefault(t => t.CanFail)?.Reads[0];

    /// <summary>How many rows one statement writes, at the most.</summary>
    internal int MostLoaded { get; }

    /// <summary>How often of a hundred times a statement names the same row of its table as others.</summary>
    internal int Hot { get; }

    /// <summary>How often of a hundred times a statement that lists its rows writes one only.</summary>
    internal int Single { get; }

    /// <summary>Whether a user's trigger writes base tables at COMMIT.</summary>
    internal bool WritesAtCommit { get; }

    internal override bool IsDeferred => WritesAtCommit || Tables.Any(t => t.Links.Any(l => l.IsDeferred));

    internal override Schema Schema { get; }

    internal override IStatements Statements(Random random, bool merge) => new RandomStatements(this, random, merge);

    internal override Task<SchemaParts> ReadPartsAsync(NpgsqlConnection connection) =>
        SchemaParts.ReadAsync(this, connection);

    /// <summary>The schema of a seed, within the types and the forms of queries that an engine takes.</summary>
    internal static RandomSchema Of(int seed, EngineProfile engine, SchemaSize size) => new(seed, engine, size);

    /// <summary>What to run to have the same again.</summary>
    public override string ToString() =>
        $"seed {Seed}: SPECS_SEED={Seed} makes these tables, TVIEWs and statements again\n{Schema.BaseTables};\n"
        + string.Concat(Schema.Tviews.Select(v => $"CREATE TABLE {v.Name} AS {v.Query};\n"));

    private static BaseTable[] MakeTables(Random random, int rows, IReadOnlyList<KeyKind> keys, bool narrow)
    {
        BaseTable[] tables = [.. "abc".Select((letter, i) => MakeTable(letter, rows * (i + 1), keys, narrow, random))];
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

        if (random.Chance(20))
        {
            var own = tables.Pick(random);
            own.Links.Add(
                new("fk_self", own, true, random.Chance(50) ? "" : $"{References(own)} ON DELETE SET NULL")
            );
        }

        return tables;
    }

    private static BaseTable MakeTable(char letter, int rows, IReadOnlyList<KeyKind> keys, bool narrow, Random random)
    {
        // Most engines refuse partitioned tables.
        var form = random.Next(100) switch
        {
            _ when narrow => TableForm.Ordinary,
            0 => TableForm.Partitioned,
            < 10 => TableForm.CompositeKey,
            _ => TableForm.Ordinary,
        };
        var more = ColumnKind.All.Where(_ => random.Chance(15)).Select(k => new FurtherColumn(k, letter));
        return new(letter, random.Chance(50) ? keys[0] : keys.Pick(random), rows, form,
            form != TableForm.CompositeKey && random.Chance(40), [.. more], random.Chance(15));
    }

    private static string References(BaseTable parent) => $" REFERENCES {parent.Name} ({parent.Key})";

    private static void Join(BaseTable child, BaseTable parent, Random random)
    {
        var nullable = random.Chance(60);
        (int, string)[] actions = [(40, "CASCADE"), (nullable ? 25 : 0, "SET NULL"), (10, "SET DEFAULT")];
        var constraint = random.Chance(30) ? "" : References(parent)
            + Marks.Part(random.Chance(70) ? $" ON DELETE {actions.Pick(random)}" : "")
            + Marks.Part(random.Chance(40) ? $" ON UPDATE {actions.Pick(random)}" : "")
            + Marks.Part(random.Chance(15) ? " DEFERRABLE INITIALLY DEFERRED" : "");
        child.Links.Add(new($"fk_{parent.Letter}", parent, nullable, constraint));
    }
}

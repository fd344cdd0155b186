using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>A user's own tables as a source of random statements.</summary>
/// <param name="own">The tables and TVIEWs.</param>
/// <param name="seed">The seed of all draws.</param>
internal sealed class OwnSchema(LoadedSchema own, int seed) : WorkloadSchema
{
    // Beyond these, whole tables are kept as the user's statements fill them.
    private const long MostRows = 20_000;
    private const int ScriptsOfHundred = 30;

    internal override int Seed => seed;

    internal override Schema Schema => own.Schema;

    internal override bool IsDeferred => own.IsDeferred;

    // The user has granted nothing to another role, and his functions may look for tables without their schema.
    internal override bool TakesAnySession => false;

    internal override IStatements Statements(Random random, bool merge) => new OwnStatements(own, random, merge);

    /// <summary>Whether the user has written transactions.</summary>
    internal bool HasScripts => own.Folder.Transactions.Count > 0;

    internal override IReadOnlyList<Statement>? Script(Random random) =>
        HasScripts && random.Chance(ScriptsOfHundred) ? Fill(random) : null;

    /// <summary>Draws one of the user's transactions, by weight.</summary>
    internal IReadOnlyList<Statement> Fill(Random random)
    {
        var script = own.Folder.Transactions.Select(t => (t.Weight, t)).ToArray().Pick(random);
        var values = new OwnValues(random);
        var sql = script.Fill(random, name => OwnValues.Literal(values.Of(own.Tables
            .SelectMany(t => t.Key.Concat(t.Columns)).First(c => c.Plain == name), news: false)));
        return [.. sql.Select((s, i) => new Statement($"runs statement {i + 1} of {script.Name}", "", s))];
    }

    /// <summary>What to run to have the same again.</summary>
    public override string ToString() => $"seed {seed} over {own.Folder.Path}";

    internal override void Note(Statement statement, PostgresException? refusal) =>
        own.Exercise.Note(statement, refusal);

    internal override async Task<SchemaParts> ReadPartsAsync(NpgsqlConnection connection)
    {
        var isLarge = own.Tables.Sum(t => t.Count) > MostRows;
        var first = string.Concat((isLarge ? own.Folder.Base : own.Definitions)
            .Select(s => Marks.Part($"{s.Sql};\n"))) + "RESET ALL;\n";
        var tables = new List<FilledTable>();
        foreach (var table in isLarge ? [] : ParentsFirst(own.Tables))
        {
            tables.Add(await FillAsync(table, connection));
        }

        return new(first, tables, "", own.Tviews) { Refusals = own.Schema.Refusals };
    }

    /// <summary>Reads a table's rows, as statements that insert them again.</summary>
    /// <param name="table">The table.</param>
    /// <param name="connection">An open connection to its database.</param>
    /// <param name="where">Which rows.</param>
    internal static async Task<FilledTable> FillAsync(
        OwnTable table,
        NpgsqlConnection connection,
        string where = "true"
    )
    {
        var columns = table.Written.Select(c => c.Name).ToList();
        var rows = await new Catalogue(connection, []).ReadAsync(
            "SELECT ARRAY["
                + string.Join(", ", columns.Select(c => $"quote_nullable({c}::text) COLLATE \"C\""))
                + $"]::text[] FROM {table.Name} WHERE {where} ORDER BY 1",
            r => r.GetFieldValue<string[]>(0)
        );
        var sequences = table.Written.Where(c => c.Sequence is not null).Select(c =>
            Marks.Part($"SELECT setval('{c.Sequence}', max({c.Name})) FROM {table.Name};\n"));
        // The user's triggers have done their work on these rows.
        string Triggers(string what) => !table.HasTriggers ? ""
            : Marks.Part($"ALTER TABLE {table.Name} {what} TRIGGER USER;\n");
        return new(table.Name, Triggers("DISABLE"), columns, rows)
        {
            IsWhole = true,
            Overriding = table.Written.Any(c => c.IsAlwaysIdentity) ? "OVERRIDING SYSTEM VALUE " : "",
            After = string.Concat(sequences) + Triggers("ENABLE"),
        };
    }

    /// <summary>Tables in an order in which they can be filled; in a circle one comes before its parents.</summary>
    internal static List<OwnTable> ParentsFirst(IReadOnlyList<OwnTable> tables)
    {
        var left = tables.ToList();
        var ordered = new List<OwnTable>();
        while (left.Count > 0)
        {
            var next = left.Find(t => t.Links.All(l => l.Parent == t.Name || left.All(p => p.Name != l.Parent)))
                ?? left[0];
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>
/// A sample of somebody's database as a folder of tables: some rows of each table, and every row to which these refer.
/// It reads in one snapshot and writes nothing there.
/// </summary>
/// <param name="connection">An open connection to the database.</param>
/// <param name="rows">How many rows of each table, before those to which others refer.</param>
/// <param name="engine">The engine that is installed there, which is left out; null where there is none.</param>
internal sealed partial class SchemaSample(NpgsqlConnection connection, int rows, InstalledEngine? engine)
{
    private const string SystemRelations = """
        SELECT array_agg(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname LIKE 'pg\_%' OR n.nspname = 'information_schema' OR n.nspname = ANY ($1)
            OR c.oid = ANY (SELECT to_regclass(t) FROM unnest($2) t)
        """;

    private readonly Dictionary<string, HashSet<(uint Table, string Row)>> _taken = [];

    /// <summary>Takes the sample.</summary>
    /// <param name="dump">Gives the definitions as of a snapshot, as pg_dump --schema-only writes them.</param>
    /// <returns>The text of each file, and how many rows each table has in it.</returns>
    internal async Task<(Dictionary<string, string> Files, IReadOnlyList<(string Table, int Rows)> Rows)> TakeAsync(
        Func<string, Task<string>> dump
    )
    {
        await ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        var snapshot = (string)(await new NpgsqlCommand("SELECT pg_export_snapshot()", connection)
            .ExecuteScalarAsync())!;
        await (engine?.ReadAsync(connection) ?? Task.CompletedTask);
        var dumped = await dump(snapshot);
        var definitions = Definitions(engine?.LeftOutOf(dumped) ?? dumped);
        var system = await LeftOutAsync();
        var catalogue = new Catalogue(connection, system);
        var tables = await catalogue.ReadAsync(withValues: false);
        if (tables.Count == 0)
        {
            throw new UserError($"The database {connection.Database} has no table that this user can see.");
        }

        await ChooseAsync(tables, catalogue);
        var fill = new StringBuilder("RESET ALL;\n");
        foreach (var table in OwnSchema.ParentsFirst(tables))
        {
            var taken = await OwnSchema.FillAsync(table, connection, $"(tableoid, ctid) IN ({Chosen(table)})");
            fill.Append(Marks.Plain(taken.Sql));
        }

        await ExecuteAsync("ROLLBACK");
        return (
            new Dictionary<string, string>((engine?.Tviews ?? []).Select(t =>
                KeyValuePair.Create($"{t.Name}.sql", t.Query.TrimEnd().TrimEnd(';') + ";\n")))
            {
                ["schema.sql"] = definitions,
                ["1-rows.sql"] = fill.ToString(),
            },
            [.. tables.Select(t => (t.Name, _taken[t.Name].Count))]
        );
    }

    private async Task<uint[]> LeftOutAsync()
    {
        await using var command = new NpgsqlCommand(SystemRelations, connection)
        {
            Parameters =
            {
                new() { Value = engine?.Schemas.ToArray() ?? [] },
                new() { Value = engine?.Tviews.Select(t => t.Name).ToArray() ?? [] },
            },
        };
        return (uint[])(await command.ExecuteScalarAsync())!;
    }

    private async Task ChooseAsync(IReadOnlyList<OwnTable> tables, Catalogue catalogue)
    {
        Task<List<(uint, string)>> ReadAsync(string sql) =>
            catalogue.ReadAsync(sql, r => (r.GetFieldValue<uint>(0), r.GetString(1)));
        foreach (var table in tables)
        {
            var order = table.Key.Count == 0 ? "" : $"ORDER BY {string.Join(", ", table.Key.Select(k => k.Name))}";
            _taken[table.Name] = [.. await ReadAsync(
                $"SELECT tableoid, ctid::text FROM {table.Name} {order} LIMIT {rows}")];
        }

        // Until every row has the parents to which it refers.
        for (var grows = true; grows;)
        {
            grows = false;
            foreach (var (table, link) in tables.SelectMany(t => t.Links.Select(l => (t, l))))
            {
                if (!_taken.TryGetValue(link.Parent, out var parents))
                {
                    continue;
                }

                var join = string.Join(" AND ", link.ParentColumns.Zip(link.Columns)
                    .Select(c => $"p.{c.First} = c.{c.Second.Name}"));
                var before = parents.Count;
                parents.UnionWith(await ReadAsync(
                    $"SELECT DISTINCT p.tableoid, p.ctid::text FROM ({Chosen(table)}) s(o, i) "
                        + $"JOIN {table.Name} c ON c.ctid = s.i AND c.tableoid = s.o JOIN {link.Parent} p ON {join}"));
                grows |= parents.Count > before;
            }
        }
    }

    private string Chosen(OwnTable table)
    {
        var taken = _taken[table.Name].ToList();
        return $"SELECT * FROM unnest('{{{string.Join(',', taken.Select(t => t.Table))}}}'::oid[], "
            + $"'{{{string.Join(',', taken.Select(t => $"\"{t.Row}\""))}}}'::tid[])";
    }

    // What another server may not know, or has already.
    private static string Definitions(string dump) => NotHere().Replace(dump, "");

    private Task<int> ExecuteAsync(string sql) => new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();

    [GeneratedRegex(@"^(SET (transaction_timeout|default_table_access_method)\b[^\n]*|CREATE SCHEMA public;|"
        + @"COMMENT ON (SCHEMA public|EXTENSION)\b[^\n]*)\n", RegexOptions.Multiline)]
    private static partial Regex NotHere();
}

using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>A base table with the rows that it begins with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreateSql">The statements that make it.</param>
/// <param name="Columns">Its columns, as INSERT lists them.</param>
/// <param name="Rows">The rows, each as VALUES wants it.</param>
internal sealed record FilledTable(string Name, string CreateSql, string Columns, IReadOnlyList<string> Rows)
{
    internal string Sql => CreateSql
        + (Rows.Count == 0 ? "" : $"INSERT INTO {Name} ({Columns}) VALUES\n    {string.Join(",\n    ", Rows)};\n");
}

/// <summary>A random schema taken apart, so that what a finding does not need can be left out.</summary>
/// <param name="Tables">The base tables, parents before their children.</param>
/// <param name="View">The plain view; empty where it is left out.</param>
/// <param name="Tviews">The TVIEWs, those that others read first.</param>
internal sealed partial record SchemaParts(
    IReadOnlyList<FilledTable> Tables,
    string View,
    IReadOnlyList<Tview> Tviews
)
{
    /// <summary>The same as a schema.</summary>
    internal Schema Schema =>
        new((string.Concat(Tables.Select(t => t.Sql)) + View).TrimEnd().TrimEnd(';'), [.. Tviews]);

    /// <summary>Reads the rows that a schema's tables begin with.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="connection">An open connection to a database that has it, as it was made.</param>
    internal static async Task<SchemaParts> ReadAsync(RandomSchema schema, NpgsqlConnection connection)
    {
        var tables = new List<FilledTable>();
        foreach (var table in schema.Tables)
        {
            var values = string.Join(" || ', ' || ", table.Columns.Split(", ").Select(c => $"quote_nullable({c})"));
            var rows = new List<string>();
            await using var command = new NpgsqlCommand(
                $"SELECT '(' || {values} || ')' FROM {table.Name} ORDER BY 1",
                connection
            );
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0));
            }

            tables.Add(new(table.Name, table.CreateSql, table.Columns, rows));
        }

        return new(tables, schema.ViewSql + ";\n", schema.Schema.Tviews);
    }

    /// <summary>
    /// The same with one part less: the large ones first. Some cannot be made, as where another TVIEW reads what is
    /// left out.
    /// </summary>
    internal IEnumerable<SchemaParts> Smaller() =>
        [
            .. Tviews.Reverse().Select(t => this with { Tviews = [.. Tviews.Except([t])] }),
            .. View.Length > 0 ? [this with { View = "" }] : Array.Empty<SchemaParts>(),
            .. Tables.Reverse().Skip(Tables.Count == 1 ? 1 : 0)
                .Select(t => this with { Tables = [.. Tables.Except([t])] }),
            .. Tables.Where(t => t.Rows.Count > 1).Select(t => With(t, t with { Rows = [] })),
            .. Tables.SelectMany(t => t.Rows.Select(r => With(t, t with { Rows = [.. t.Rows.Except([r])] }))),
            .. Tables.SelectMany(t => SimplerTables(t.CreateSql).Select(sql => With(t, t with { CreateSql = sql }))),
            .. Tviews.SelectMany(t => SimplerQueries(t).Select(q => With(t, t with { Query = q }))),
        ];

    private SchemaParts With(FilledTable old, FilledTable table) =>
        this with
        {
            Tables = [.. Tables.Select(t => t == old ? table : t)],
        };

    private SchemaParts With(Tview old, Tview tview) =>
        this with
        {
            Tviews = [.. Tviews.Select(t => t == old ? tview : t)],
        };

    // Without an index, a foreign key or what it does.
    private static IEnumerable<string> SimplerTables(string sql) =>
        Clause().Matches(sql).Select(m => sql.Remove(m.Index, m.Length));

    // Without a filter or a column.
    private static IEnumerable<string> SimplerQueries(Tview tview) =>
        [
            .. Filter().Matches(tview.Query).Select(m => tview.Query.Remove(m.Index, m.Length)),
            .. OnlyFilter().Matches(tview.Query).Select(m => tview.Query.Remove(m.Index, m.Length)),
            .. ColumnsOf(tview.Query).Skip(1).Select(c => tview.Query.Remove(c.Start, c.Length)),
        ];

    // The columns of the outermost SELECT, each from the comma before it.
    private static IEnumerable<(int Start, int Length)> ColumnsOf(string query)
    {
        var (depth, from) = (0, query.IndexOf("SELECT", StringComparison.Ordinal) + "SELECT".Length);
        for (var i = from; i < query.Length; i++)
        {
            depth += query[i] == '(' ? 1 : query[i] == ')' ? -1 : 0;
            var ends = depth == 0 && query.AsSpan(i).StartsWith(" FROM ", StringComparison.Ordinal);
            if (ends || (depth == 0 && query[i] == ','))
            {
                yield return (from, i - from);
                from = i;
            }

            if (ends)
            {
                yield break;
            }
        }
    }

    [GeneratedRegex(@"CREATE INDEX ON [^;]+;\n| REFERENCES tb_\w+( ON (DELETE|UPDATE) (CASCADE|SET NULL))*"
        + "( DEFERRABLE INITIALLY DEFERRED)?| ON (DELETE|UPDATE) (CASCADE|SET NULL)| DEFERRABLE INITIALLY DEFERRED"
        + "| NOT NULL")]
    private static partial Regex Clause();

    [GeneratedRegex(@" AND (\w+\.kind (<> 3|IN \(0, 1, 2\))|\w+\.n IS NOT NULL|\w+\.n >= 10 AND \w+\.kind < 4"
        + @"|\w+\.t LIKE '%1%'|\(\w+\.kind = 1 OR \w+\.n > 10\))| HAVING count\(\*\) > 1")]
    private static partial Regex Filter();

    [GeneratedRegex(@" WHERE (\w+\.kind (<> 3|IN \(0, 1, 2\))|\w+\.n IS NOT NULL|\w+\.n >= 10 AND \w+\.kind < 4"
        + @"|\w+\.t LIKE '%1%'|\(\w+\.kind = 1 OR \w+\.n > 10\))(?! AND)")]
    private static partial Regex OnlyFilter();
}

using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>A base table with the rows that it begins with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreateSql">The statements that make it; what can be left out stands between marks.</param>
/// <param name="Columns">The columns that rows have; without a column, the values of it are left out as well.</param>
/// <param name="Rows">The rows, each with a literal for each of these columns.</param>
internal sealed record FilledTable(
    string Name,
    string CreateSql,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string[]> Rows
)
{
    /// <summary>Whether its columns are made elsewhere, and all of them are there.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>What stands before VALUES where an identity column is written.</summary>
    internal string Overriding { get; init; } = "";

    /// <summary>The statements after its rows.</summary>
    internal string After { get; init; } = "";

    internal string Sql
    {
        get
        {
            var there = Columns.Index().Where(c => IsWhole || Regex.IsMatch(CreateSql, $@"\b{c.Item}\b")).ToList();
            var rows = Rows.Select(r => $"({string.Join(", ", there.Select(c => r[c.Index]))})");
            return CreateSql + (Rows.Count == 0 ? ""
                : $"INSERT INTO {Name} ({string.Join(", ", there.Select(c => c.Item))}) {Overriding}VALUES\n    "
                    + $"{string.Join(",\n    ", rows)};\n") + After;
        }
    }
}

/// <summary>A random schema taken apart, so that what a finding does not need can be left out.</summary>
/// <param name="First">What has to be there before the tables; what can be left out stands between marks.</param>
/// <param name="Tables">The base tables, parents before their children.</param>
/// <param name="Last">What comes after them: a plain view, and a user's triggers.</param>
/// <param name="Tviews">The TVIEWs, those that others read first; marks are in their queries.</param>
internal sealed record SchemaParts(
    string First,
    IReadOnlyList<FilledTable> Tables,
    string Last,
    IReadOnlyList<Tview> Tviews
)
{
    /// <summary>The same as a schema.</summary>
    internal Schema Schema =>
        new(
            Marks.Plain(First + string.Concat(Tables.Select(t => t.Sql)) + Last).TrimEnd().TrimEnd(';'),
            [.. Tviews.Select(PlainOf)]
        )
        {
            Refusals = Refusals,
        };

    /// <summary>What its base tables may refuse.</summary>
    internal Refusals Refusals { get; init; } = Refusals.OfDrawnTables;

    /// <summary>A TVIEW whose query has no marks; only the columns that are left are compared.</summary>
    internal static Tview PlainOf(Tview tview)
    {
        var query = Marks.Plain(tview.Query);
        return query == tview.Query ? tview : WithQuery(tview, query);
    }

    // A TVIEW of somebody's own has no marks, and none of its columns is ever left out.
    private static Tview WithQuery(Tview tview, string query)
    {
        IReadOnlyList<string> Left(IReadOnlyList<string> columns) =>
            [.. columns.Where(c => Regex.IsMatch(query, $@"\bAS {c}\b"))];
        return tview with
        {
            Query = query,
            Columns = Left(tview.Columns),
            Texts = Left(tview.Texts),
        };
    }

    /// <summary>Reads the rows that a schema's tables begin with.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="connection">An open connection to a database that has it, as it was made.</param>
    internal static async Task<SchemaParts> ReadAsync(RandomSchema schema, NpgsqlConnection connection)
    {
        var tables = new List<FilledTable>();
        foreach (var table in schema.Tables)
        {
            var columns = table.Columns.Split(", ");
            var values = string.Join(", ", columns.Select(c => $"quote_nullable({c}) COLLATE \"C\""));
            var rows = new List<string[]>();
            await using var command = new NpgsqlCommand(
                $"SELECT ARRAY[{values}] FROM {table.Name} ORDER BY 1",
                connection
            );
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetFieldValue<string[]>(0));
            }

            tables.Add(new(table.Name, table.CreateSql, columns, rows));
        }

        return new(schema.First, tables, schema.Last, schema.Tviews);
    }

    /// <summary>
    /// The same with a part less: the large ones first. Some cannot be made, as where another TVIEW reads what is
    /// left out.
    /// </summary>
    internal IEnumerable<SchemaParts> Smaller() =>
        [
            .. Tviews.Reverse().Select(t => this with { Tviews = [.. Tviews.Except([t])] }),
            .. Marks.Smaller(Last).Select(sql => this with { Last = sql }),
            .. Tables.Reverse().Skip(Tables.Count == 1 ? 1 : 0)
                .Select(t => this with { Tables = [.. Tables.Except([t])] }),
            // Children before the parents to whose rows theirs refer.
            .. Tables.Reverse().Where(t => t.Rows.Count > 1).Select(t => With(t, t with { Rows = [] })),
            .. Tables.Reverse().SelectMany(t => ChunksOf(t.Rows.Count).Select(c => With(t, t with
            {
                Rows = [.. t.Rows.Take(c.Start), .. t.Rows.Skip(c.Start + c.Length)],
            }))),
            .. Tables.SelectMany(t => Marks.Smaller(t.CreateSql).Select(sql => With(t, t with { CreateSql = sql }))),
            // Later statements first: they need the earlier ones.
            .. Tables.SelectMany(t => Marks.Smaller(t.After).Select(sql => With(t, t with { After = sql }))),
            .. Marks.Smaller(First).Reverse().Select(sql => this with { First = sql }),
            .. Tviews.SelectMany(t => Marks.Smaller(t.Query).Select(q => With(t, WithQuery(t, q)))),
        ];

    // Halves, quarters and so on down to single rows (Zeller and Hildebrandt's delta debugging, TSE 2002).
    private static IEnumerable<(int Start, int Length)> ChunksOf(int rows)
    {
        for (var length = (rows + 1) / 2; rows > 1; length = (length + 1) / 2)
        {
            for (var start = 0; start < rows; start += length)
            {
                yield return (start, length);
            }

            if (length == 1)
            {
                yield break;
            }
        }
    }

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
}

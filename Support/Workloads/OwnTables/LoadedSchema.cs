using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>A user's own tables, as a server has taken them and the catalogue describes them.</summary>
/// <param name="Folder">Where they come from.</param>
/// <param name="Tables">The base tables.</param>
/// <param name="Tviews">The TVIEWs, those that others read first.</param>
/// <param name="Definitions">The statements that fill no table.</param>
/// <param name="Constraints">For each constraint and unique index its columns, as table.column.</param>
/// <param name="IsDeferred">Whether a foreign key or a user's trigger can come at COMMIT.</param>
internal sealed partial record LoadedSchema(
    SchemaFolder Folder,
    IReadOnlyList<OwnTable> Tables,
    IReadOnlyList<Tview> Tviews,
    IReadOnlyList<FileStatement> Definitions,
    ILookup<string, string> Constraints,
    bool IsDeferred
)
{
    /// <summary>The TVIEWs that the engine does not take, each with the reason.</summary>
    internal IReadOnlyDictionary<string, string> LeftOut { get; private init; } = new Dictionary<string, string>();

    /// <summary>What was tried with which column.</summary>
    internal Exercise Exercise { get; } = new(
        Constraints,
        [.. Tables.SelectMany(t => t.Written.Select(c => $"{t.Relation}.{c.Plain}"))]
    );

    /// <summary>The tables and TVIEWs, as they are made.</summary>
    internal Schema Schema { get; } = new(
        // pg_dump sets an empty search_path.
        string.Concat(Folder.Base.Select(s => s.Sql + ";\n")) + "RESET ALL",
        [.. Tviews]
    )
    {
        Refusals = RefusalsOf(Tables),
    };

    /// <summary>What it is, in a line.</summary>
    internal string Words =>
        $"{Tables.Count} table{(Tables.Count == 1 ? "" : "s")}, {Tviews.Count} TVIEW{(Tviews.Count == 1 ? "" : "s")}"
            + (LeftOut.Count == 0 ? "" : $" ({string.Join(", ", LeftOut.Keys)} left out)")
            + (Folder.Transactions.Count == 0 ? ""
                : ", transactions "
                    + string.Join(", ", Folder.Transactions.Select(t => $"{t.Name} (weight {t.Weight})")));

    /// <summary>What cannot be judged, or could be better, a sentence each.</summary>
    internal IEnumerable<string> Notes =>
        LeftOut.Select(t => $"{t.Key} is left out, because {t.Value}.")
            .Concat(Tables.Where(t => t.Key.Count == 0).Select(t => $"{t.Name} has no primary key, nor a unique index "
                + "over columns that are NOT NULL: a statement finds its rows by all their values, so rows that are "
                + "equal change together, and none is upserted or merged."))
            .Concat(Tables.Where(t => t.Count == 0).Select(t =>
                $"{t.Name} has no row: statements begin with those that they insert."))
            .Concat(Tables.Where(t => t.Has.Contains("row-level security")).Select(t => $"{t.Name} has row-level "
                + "security, which does not bind the user who runs the suite."));

    /// <summary>Tables that a TVIEW reads, and those from which it does not.</summary>
    internal bool IsRead(OwnTable table) => Tviews.Any(t => t.Reads.Contains(table.Name));

    internal static Refusals RefusalsOf(IEnumerable<OwnTable> tables) =>
        Refusals.OfOwnTables([.. tables.SelectMany(t => t.Partitions.Prepend(t.Relation))]);

    /// <summary>Makes the tables, reads them, and has the engine make the TVIEWs.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="connection">An open connection to a fresh database with the engine.</param>
    /// <param name="engine">The engine.</param>
    /// <exception cref="UserError">The server or the engine refuses something.</exception>
    internal static async Task<LoadedSchema> ReadAsync(
        SchemaFolder folder,
        NpgsqlConnection connection,
        TviewEngine engine
    )
    {
        var before = (uint[])(await new NpgsqlCommand(Catalogue.Relations, connection).ExecuteScalarAsync())!;
        var definitions = await MakeTablesAsync(folder, connection);
        var catalogue = new Catalogue(connection, before);
        var tables = await catalogue.ReadAsync();
        if (tables.Count == 0)
        {
            throw new UserError($"schema.sql of {folder.Path} makes no table; {SchemaFolder.Needs}.");
        }

        await ReadGivenAsync(folder, tables, connection);
        RequireColumns(folder, tables);
        var tviews = await new OwnTviews(folder, tables, connection).ReadAsync();
        var without = await MakeTviewsAsync(tviews, connection, engine);
        return without.Count == tviews.Count
            ? throw new UserError($"The engine {engine.Name} takes none of the TVIEWs of {folder.Path}: "
                + $"{without.First().Key}, because {without.First().Value}.")
            : new(folder, tables, [.. tviews.Where(t => !without.ContainsKey(t.Name))], definitions,
                await catalogue.ConstraintsAsync(),
                catalogue.HasDeferrableTriggers || tables.Any(t => t.Links.Any(l => l.IsDeferrable)))
            {
                LeftOut = without,
            };
    }

    // In one transaction, as they are made for every scenario: what cannot be so is said now.
    private static async Task<List<FileStatement>> MakeTablesAsync(SchemaFolder folder, NpgsqlConnection connection)
    {
        var definitions = new List<FileStatement>();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in folder.Base)
        {
            await using var batch = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands = { new(statement.Sql) },
            };
            try
            {
                await batch.ExecuteNonQueryAsync();
            }
            catch (PostgresException e)
            {
                throw Refused(statement, e);
            }

            if (batch.BatchCommands[0].StatementType is not (StatementType.Insert or StatementType.Update
                or StatementType.Delete or StatementType.Merge))
            {
                definitions.Add(statement);
            }
        }

        await transaction.CommitAsync();
        await new NpgsqlCommand("RESET ALL", connection).ExecuteNonQueryAsync();
        return definitions;
    }

    private static async Task ReadGivenAsync(
        SchemaFolder folder,
        IReadOnlyList<OwnTable> tables,
        NpgsqlConnection connection
    )
    {
        var columns = tables.SelectMany(t => t.Columns.Select(c => (Name: $"{t.Relation}.{c.Plain}", Column: c)))
            .ToLookup(c => c.Name, c => c.Column);
        foreach (var statement in folder.Values)
        {
            try
            {
                await using var command = new NpgsqlCommand(statement.Sql, connection)
                {
                    AllResultTypesAreUnknown = true,
                };
                await using var reader = await command.ExecuteReaderAsync();
                var of = Enumerable.Range(0, reader.FieldCount).Select(i => columns[reader.GetName(i)].FirstOrDefault()
                    ?? throw new UserError($"{statement.Where} selects '{reader.GetName(i)}', which is no column; name "
                        + $"each as table.column, such as SELECT 'x' AS \"{columns.First().Key}\".")).ToList();
                while (await reader.ReadAsync())
                {
                    foreach (var (i, column) in of.Index().Where(c => !reader.IsDBNull(c.Index)))
                    {
                        column.Given = [.. column.Given, reader.GetString(i)];
                    }
                }
            }
            catch (PostgresException e)
            {
                throw Refused(statement, e);
            }
        }
    }

    private static void RequireColumns(SchemaFolder folder, IReadOnlyList<OwnTable> tables)
    {
        foreach (var transaction in folder.Transactions)
        {
            if (transaction.OfColumns.FirstOrDefault(n =>
                !tables.Any(t => t.Columns.Any(c => c.Plain == n))) is { } unknown)
            {
                throw new UserError($@"{transaction.File} has :{unknown}, which no column is called; set it with "
                    + $@"'\set {unknown} random(1, 10)', or name a column.");
            }
        }
    }

    // Those that it does not take, and why.
    private static async Task<Dictionary<string, string>> MakeTviewsAsync(
        IReadOnlyList<Tview> tviews,
        NpgsqlConnection connection,
        TviewEngine engine
    )
    {
        var without = new Dictionary<string, string>();
        foreach (var tview in tviews.Select(engine.FormOf))
        {
            if (tview.Reads.FirstOrDefault(without.ContainsKey) is { } missing)
            {
                without[tview.Name] = $"it reads {missing}";
            }
            else if (engine.UnsupportedSchema(new("", tview)) is { } form)
            {
                without[tview.Name] = form.Because;
            }
            else if (await TryAsync(connection, engine.SetupSql(tview)) is { } e)
            {
                without[tview.Name] = $"the engine {engine.Name} says {e.SqlState}: {e.MessageText}"
                    + $"{(e.Hint is null ? "" : $" ({e.Hint.TrimEnd('.')})")}";
            }
        }

        return without;
    }

    private static async Task<PostgresException?> TryAsync(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        try
        {
            foreach (var sql in statements)
            {
                await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
            }

            return null;
        }
        catch (PostgresException e)
        {
            return e;
        }
    }

    /// <summary>What is said of a statement that the server refuses.</summary>
    internal static UserError Refused(FileStatement statement, PostgresException e)
    {
        var line = statement.Line + (e.Position > 0
            ? statement.Sql.AsSpan(0, Math.Min(e.Position, statement.Sql.Length)).Count('\n') : 0);
        return new($"{statement.Where} fails"
            + $"{(line == statement.Line ? "" : $" on line {line}")} with {e.SqlState}: {e.MessageText}"
            + $"{(e.Detail is null ? "" : $" ({OneLine().Replace(e.Detail.TrimEnd('.'), " ")})")}; mend it there.");
    }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex OneLine();
}

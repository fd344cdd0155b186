using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// Tries statements, each in a transaction that is rolled back, and notes what each does to the results of the TVIEWs'
/// queries: observed, not derived from its text.
/// </summary>
/// <param name="connection">An open connection to the database; nobody else works there.</param>
/// <param name="schema">The TVIEWs.</param>
internal sealed class StatementEffects(NpgsqlConnection connection, Schema schema)
{
    private string? _compare;

    /// <summary>Tries one statement.</summary>
    internal async Task<Candidate> OfAsync(Statement statement) =>
        // What fails alone, another session may make possible.
        new(statement, Through(await TryAsync(statement) ?? []));

    /// <summary>
    /// Whether two statements do something else one after the other than each does alone: as where one takes the row
    /// away to which the other points a new one. They need not concern any row that is there.
    /// </summary>
    internal async Task<bool> DependAsync(Candidate one, Candidate other)
    {
        static IEnumerable<(string, string, string?)> Rows(IEnumerable<Effect> effects) =>
            effects.Select(e => (e.Tview, e.Key, e.Row));
        var both = await TryAsync(one.Statement, other.Statement) ?? await TryAsync(other.Statement, one.Statement);
        return both is not null && !Rows(both).ToHashSet().SetEquals(Rows(one.Effects.Concat(other.Effects)));
    }

    // Null where one of them fails.
    private async Task<List<Effect>?> TryAsync(params Statement[] statements)
    {
        _compare ??= await PrepareAsync();
        await ExecuteAsync("BEGIN");
        try
        {
            // Where the engine refreshes at COMMIT, a TVIEW over another one shows an effect only after that.
            await ExecuteAsync($"{string.Join("; ", statements.Select(s => s.Sql))}; SET CONSTRAINTS ALL IMMEDIATE");
            return await ReadAsync();
        }
        catch (PostgresException)
        {
            return null;
        }
        finally
        {
            await ExecuteAsync("ROLLBACK");
        }
    }

    // What the queries gave before; on an engine that refreshes within a statement the TVIEWs cannot tell.
    private async Task<string> PrepareAsync()
    {
        foreach (var tview in schema.Tviews)
        {
            await ExecuteAsync($"CREATE TEMPORARY TABLE before_{tview.Name} AS {tview.Query}");
        }

        return string.Join(
            "\nUNION ALL\n",
            schema.Tviews.Select(t =>
                $"""
                SELECT '{t.Name}', key, bool_or(NOT was), bool_or(was), max(row) FROM (
                    SELECT {t.Key}::text AS key, false AS was, q AS row FROM ((SELECT {t.Key}, q::text AS q FROM ({t.Query}) q)
                        EXCEPT (SELECT {t.Key}, b::text FROM before_{t.Name} b)) added
                    UNION ALL
                    SELECT {t.Key}::text, true, NULL FROM ((SELECT {t.Key}, b::text FROM before_{t.Name} b)
                        EXCEPT (SELECT {t.Key}, q::text FROM ({t.Query}) q)) gone
                ) d GROUP BY key
                """
            )
        );
    }

    private async Task<List<Effect>> ReadAsync()
    {
        var effects = new List<Effect>();
        await using var command = new NpgsqlCommand(_compare, connection);
        await command.PrepareAsync();   // once on the connection, however often it is asked
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (name, isThere, wasThere) = (reader.GetString(0), reader.GetBoolean(2), reader.GetBoolean(3));
            var tview = schema.Tviews.First(t => t.Name == name);
            var change = isThere && wasThere ? "changes" : isThere ? "comes" : "goes";
            effects.Add(new(name, Effect.FormOf(tview.Query), change, reader.IsDBNull(1) ? "" : reader.GetString(1))
            {
                Row = reader.IsDBNull(4) ? null : reader.GetString(4),
            });
        }

        return effects;
    }

    // A row's value may come from another TVIEW that changes so: the order of the refreshes matters then.
    private List<Effect> Through(List<Effect> effects) =>
        [
            .. effects.Select(e =>
                schema.Tviews.First(t => t.Name == e.Tview).Reads.Any(r => effects.Exists(other => other.Tview == r))
                    ? e with
                    {
                        Form = e.Form + " that changes",
                    }
                    : e
            ),
        ];

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

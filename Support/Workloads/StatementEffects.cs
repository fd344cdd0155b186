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
    internal async Task<Candidate> OfAsync(Statement statement)
    {
        _compare ??= await PrepareAsync();
        await ExecuteAsync("BEGIN");
        try
        {
            // Where the engine refreshes at COMMIT, a TVIEW over another one shows an effect only after that.
            await ExecuteAsync($"{statement.Sql}; SET CONSTRAINTS ALL IMMEDIATE");
            return new(statement, Through(await ReadAsync()));
        }
        catch (PostgresException)
        {
            return new(statement, []);      // another session may make possible what is not so alone
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
                SELECT '{t.Name}', key, bool_or(NOT was), bool_or(was) FROM (
                    SELECT {t.Key}::text AS key, false AS was FROM ((SELECT {t.Key}, q::text FROM ({t.Query}) q)
                        EXCEPT (SELECT {t.Key}, b::text FROM before_{t.Name} b)) added
                    UNION ALL
                    SELECT {t.Key}::text, true FROM ((SELECT {t.Key}, b::text FROM before_{t.Name} b)
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
            effects.Add(new(name, Effect.FormOf(tview.Query), change, reader.IsDBNull(1) ? "" : reader.GetString(1)));
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

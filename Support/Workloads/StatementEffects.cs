using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// Tries statements, each in a transaction that is rolled back, and notes what each does to the results of the TVIEWs'
/// queries: observed, not derived from its text.
/// </summary>
/// <param name="connection">An open connection to the database; nobody else works there.</param>
/// <param name="schema">The TVIEWs.</param>
/// <param name="coverage">Counts what two of them do together.</param>
/// <param name="note">Receives each statement, and why it was refused; null where it was not.</param>
internal sealed partial class StatementEffects(
    NpgsqlConnection connection,
    Schema schema,
    EffectCoverage coverage,
    Action<Statement, PostgresException?> note
)
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
        if (both is not null && one.Effects.Concat(other.Effects).Any(e =>
            e.Row is null && !both.Exists(b => b.Row is null && (b.Tview, b.Key) == (e.Tview, e.Key))))
        {
            coverage.CountComesAgain();
        }

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
            note(statements[0], null);
            return await ReadAsync(statements);
        }
        catch (PostgresException e)
        {
            note(statements[0], statements.Length == 1 ? e : null);
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
                SELECT '{t.Name}', key, max(row) FILTER (WHERE NOT was), max(row) FILTER (WHERE was) FROM (
                    SELECT {t.Key}::text AS key, false AS was, row
                    FROM ((SELECT {t.Key}, to_jsonb(q.*)::text AS row FROM ({t.Query}) q)
                        EXCEPT (SELECT {t.Key}, to_jsonb(b.*)::text FROM before_{t.Name} b)) added
                    UNION ALL
                    SELECT {t.Key}::text, true, row
                    FROM ((SELECT {t.Key}, to_jsonb(b.*)::text AS row FROM before_{t.Name} b)
                        EXCEPT (SELECT {t.Key}, to_jsonb(q.*)::text FROM ({t.Query}) q)) gone
                ) d GROUP BY key
                """
            )
        );
    }

    // What happened to a row, out of what it was and is: one that comes although nobody inserted anything has entered a
    // filter or found what it has to be joined to; where a value was NULL or is, without anybody having set that one,
    // the row to which it is joined came or went.
    private static string ChangeOf(Tview tview, string? was, string? now, Statement[] by)
    {
        if (was is null || now is null)
        {
            return now is not null ? by.Any(s => s.Inserts) ? Effect.Comes : Effect.Enters
                : by.Any(s => s.Deletes) ? Effect.Goes
                : Effect.Leaves;
        }

        using var before = JsonDocument.Parse(was);
        using var after = JsonDocument.Parse(now);
        var changed = before
            .RootElement.EnumerateObject()
            .Select(c => (c.Name, Was: c.Value, Now: after.RootElement.GetProperty(c.Name)))
            .Where(c => c.Was.ToString() != c.Now.ToString())
            .ToList();
        var extremes = Extreme().Matches(tview.Query).Select(m => m.Groups["column"].Value).ToList();
        return changed.Exists(c => extremes.Contains(c.Name)) ? Effect.ChangesExtreme
            : !Array.TrueForAll(by, s => s.Inserts || s.Deletes || s.Links) ? "changes"
            : changed.Exists(c => c.Was.ValueKind == JsonValueKind.Null) ? Effect.FindsPartner
            : changed.Exists(c => c.Now.ValueKind == JsonValueKind.Null) ? Effect.LosesPartner
            : "changes";
    }

    [GeneratedRegex(@"\b(min|max)\([^()]*\)(::\w+)? AS (?<column>\w+)")]
    private static partial Regex Extreme();

    private async Task<List<Effect>> ReadAsync(Statement[] by)
    {
        var effects = new List<Effect>();
        await using var command = new NpgsqlCommand(_compare, connection);
        await command.PrepareAsync();   // once on the connection, however often it is asked
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            var (tview, row) = (schema.Tviews.First(t => t.Name == Text(0)), Text(2));
            effects.Add(new(tview.Name, Effect.FormOf(tview), ChangeOf(tview, Text(3), row, by), Text(1) ?? "")
            {
                Row = row,
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

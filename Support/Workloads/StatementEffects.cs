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
    private readonly Dictionary<(Candidate, Candidate), Tried?> _together = [];
    private string? _compare;

    private sealed record Tried(List<Effect> Effects, HashSet<WrittenRow> Writes);

    /// <summary>Tries one statement.</summary>
    internal async Task<Candidate> OfAsync(Statement statement)
    {
        // What fails alone, another session may make possible.
        var (effects, writes) = await TryAsync(statement) ?? new([], []);
        return new(statement, Through(effects)) { Writes = writes };
    }

    /// <summary>
    /// The rows of TVIEWs to which two statements do something else one after the other than each does alone: as where
    /// one takes the row away to which the other points a new one. They need not concern any row that is there.
    /// </summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="sameWrites">None where they write other base rows then, as a statement does that reads
    /// tables.</param>
    internal async Task<IReadOnlySet<(string Tview, string Key)>> TogetherAsync(
        Candidate one,
        Candidate other,
        bool sameWrites
    )
    {
        static HashSet<(string, string, string?)> Rows(IEnumerable<Effect> effects) =>
            [.. effects.Select(e => (e.Tview, e.Key, e.Row))];
        if (!_together.TryGetValue((one, other), out var tried))
        {
            tried = await TryAsync(one.Statement, other.Statement) ?? await TryAsync(other.Statement, one.Statement);
            _together[(one, other)] = tried;
        }

        if (tried is not { Effects: var both }
            || (sameWrites && !tried.Writes.SetEquals(one.Writes.Concat(other.Writes))))
        {
            return new HashSet<(string, string)>();
        }

        var alone = one.Effects.Concat(other.Effects).ToList();
        bool IsGone(Effect e) => both.Exists(b => b.Row is null && (b.Tview, b.Key) == (e.Tview, e.Key));
        if (alone.Exists(e => e.Row is null && !IsGone(e)))
        {
            coverage.CountComesAgain();
        }

        var differ = Rows(both);
        differ.SymmetricExceptWith(Rows(alone));
        return differ.Select(d => (d.Item1, d.Item2)).ToHashSet();
    }

    // Null where one of them fails.
    private async Task<Tried?> TryAsync(params Statement[] statements)
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
            (await PrepareTablesAsync()).Concat(schema.Tviews.Select(t =>
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
            ))
        );
    }

    // The rows of base tables that are new or changed, and those that are gone.
    private async Task<List<string>> PrepareTablesAsync()
    {
        var written = new List<string>();
        foreach (var (table, literal, key) in await KeysAsync())
        {
            var before = $"written_{written.Count}";
            await ExecuteAsync($"CREATE TEMPORARY TABLE {before} AS SELECT ROW({key})::text AS key FROM {table}");
            written.Add(
                $"""
                SELECT {literal}, ROW({key})::text, to_jsonb(t.*)::text, NULL
                FROM {table} t WHERE xmin = pg_current_xact_id()::xid
                UNION ALL
                SELECT {literal}, key, NULL, NULL
                FROM (SELECT key FROM {before} EXCEPT SELECT ROW({key})::text FROM {table}) gone
                """
            );
        }

        return written;
    }

    // The base tables that TVIEWs read and that have a primary key: the name as SQL, the same as a string, the key's
    // columns as SQL.
    private async Task<List<(string Table, string Literal, string Key)>> KeysAsync()
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT name, quote_literal(name), string_agg(quote_ident(attname), ', ' ORDER BY attnum)
            FROM unnest($1) name JOIN pg_index ON indrelid = to_regclass(name) AND indisprimary
            JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) GROUP BY name
            """,
            connection
        )
        {
            Parameters =
            {
                new()
                {
                    Value = schema.Tviews.SelectMany(t => t.Reads).Except(schema.Tviews.Select(t => t.Name)).ToArray(),
                },
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<(string, string, string)>();
        while (await reader.ReadAsync())
        {
            keys.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return keys;
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

    private async Task<Tried> ReadAsync(Statement[] by)
    {
        var (effects, writes) = (new List<Effect>(), new HashSet<WrittenRow>());
        await using var command = new NpgsqlCommand(_compare, connection);
        await command.PrepareAsync();   // once on the connection, however often it is asked
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            if (Array.Find(schema.Tviews, t => t.Name == Text(0)) is not { } tview)
            {
                writes.Add(new(Text(0)!, Text(1)!, Text(2)));
                continue;
            }

            effects.Add(new(tview.Name, Effect.FormOf(tview), ChangeOf(tview, Text(3), Text(2), by), Text(1) ?? "")
            {
                Row = Text(2),
            });
        }

        return new(effects, writes);
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

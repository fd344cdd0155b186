using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>What the engine did: a trigger on the TVIEW records every write of a row of it, in order.</summary>
public static class RefreshLog
{
    /// <summary>The table of records, for checks that ask it something of their own.</summary>
    internal const string Table = "specs_watch.refresh";

    internal const string NoRefresh = "no refresh was recorded";
    internal const string NoCascade = "no transaction refreshed both a TVIEW and one that reads it";

    /// <summary>Whether a check was unknown only because nothing was refreshed that it could have judged.</summary>
    public static bool HadNothingToJudge(CheckResult result) =>
        result is { Verdict: Verdict.Unknown, Findings: [NoRefresh or NoCascade] };

    /// <summary>Makes the table of records; once in a database.</summary>
    public const string Install = """
        CREATE TABLE specs_watch.refresh (
            number bigint GENERATED ALWAYS AS IDENTITY, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            writer text NOT NULL DEFAULT current_setting('application_name'),
            backend integer NOT NULL DEFAULT pg_backend_pid(),
            tview text NOT NULL, key text NOT NULL, event text NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            statement timestamptz NOT NULL DEFAULT statement_timestamp());
        CREATE FUNCTION specs_watch.record_refresh() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO specs_watch.refresh (tview, key, event)
            VALUES (TG_TABLE_NAME, to_jsonb(coalesce(NEW, OLD))->>TG_ARGV[0], lower(TG_OP));
            RETURN NULL;
        END $$;
        """;

    /// <summary>
    /// SQL that begins to record a TVIEW's refreshes. Triggers fire in the order of their names, and this one must fire
    /// before an engine's own that writes the next TVIEW.
    /// </summary>
    public static string WatchSql(Tview tview) =>
        $"CREATE TRIGGER \"!specs_refresh\" AFTER INSERT OR UPDATE OR DELETE ON {tview.Name} "
        + $"FOR EACH ROW EXECUTE FUNCTION specs_watch.record_refresh('{tview.Key}')";

    /// <summary>Why a promise about single rows cannot be judged; null where it can.</summary>
    internal static string? WhyNot(EngineProfile engine, Func<EngineProfile, PromiseScope> promise) =>
        !IsKept(engine) ? "the engine writes the whole TVIEW anew"
        : promise(engine) == PromiseScope.Never ? "the engine does not promise that"
        : null;

    /// <summary>
    /// Whether refreshes are recorded. Of an engine that writes whole TVIEWs they would say nothing about rows, and a
    /// record for each row of each transaction would take most of the time.
    /// </summary>
    public static bool IsKept(EngineProfile engine) => engine.Writes != WritingStyle.Whole;

    /// <summary>SQL: what stands before xid in a list of columns that tells flushes apart.</summary>
    internal static string Within(PromiseScope scope) => scope == PromiseScope.Statement ? "statement, " : "";

    /// <summary>The last refreshes of a key, newest first: the evidence beside a row that differs.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="tview">The TVIEW.</param>
    /// <param name="key">The value of its key column.</param>
    public static async Task<string> LastRefreshesAsync(NpgsqlConnection connection, string tview, string key)
    {
        await using var command = new NpgsqlCommand("""
            SELECT coalesce(string_agg(format('%s by %s in transaction %s', event, writer, xid), '; '
                ORDER BY number DESC), 'none')
            FROM (SELECT * FROM specs_watch.refresh WHERE tview = $1 AND key = $2 ORDER BY number DESC LIMIT 3) r
            """, connection) { Parameters = { new() { Value = tview }, new() { Value = key } } };
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// The last refreshes of some keys in the order of time, as a table: who wrote them when, in which transaction.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="tview">The TVIEW.</param>
    /// <param name="keys">The values of its key column.</param>
    public static async Task<EvidenceTable> TimelineAsync(
        NpgsqlConnection connection,
        string tview,
        IReadOnlyList<string> keys
    )
    {
        await using var command = new NpgsqlCommand("""
            SELECT to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS.US'), key, event,
                split_part(writer, ' ', 2) || ' ' || split_part(writer, ' ', 3), xid::text
            FROM (SELECT *, row_number() OVER (PARTITION BY key ORDER BY number DESC) AS age FROM specs_watch.refresh
                  WHERE tview = $1 AND key = ANY ($2)) r
            WHERE age <= 10 ORDER BY number
            """, connection) { Parameters = { new() { Value = tview }, new() { Value = keys.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyList<string>>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, 5).Select(reader.GetString)]);
        }

        return new EvidenceTable($"The last refreshes of those keys by all sessions, in the order of time (UTC)",
            ["at", "key", "event", "by", "in transaction"], rows);
    }

    /// <summary>How many refreshes were recorded; a row that is deleted and inserted again is refreshed once.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="writes">How the engine writes.</param>
    public static async Task<long> CountAsync(NpgsqlConnection connection, WritingStyle writes)
    {
        await using var command = new NpgsqlCommand(
            writes == WritingStyle.Rows
                ? "SELECT count(*) FROM specs_watch.refresh"
                : "SELECT count(*) FROM (SELECT FROM specs_watch.refresh GROUP BY xid, statement, tview, key) r",
            connection
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

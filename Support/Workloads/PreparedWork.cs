using System.Globalization;
using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>How many transactions a scenario has prepared, by the sessions from 1 on, and how many of them, from 1 on,
/// were committed.</summary>
public sealed class PreparedCount
{
    /// <summary>The prepared ones.</summary>
    public int Prepared { get; set; }

    /// <summary>Those of them that were committed.</summary>
    public int Committed { get; set; }
}

/// <summary>Transactions that are prepared by one session and ended by another.</summary>
/// <param name="database">The scenario's database: gids are one name space for the whole server.</param>
public sealed class PreparedWork(string database)
{
    /// <summary>The gid of a session's transaction.</summary>
    public string GidOf(int session) => string.Create(CultureInfo.InvariantCulture, $"{database}_xact_{session}");

    /// <summary>COMMIT PREPARED and ROLLBACK PREPARED of the transactions of a fleet as large as this one.</summary>
    /// <param name="sessions">How many transactions are prepared.</param>
    /// <param name="committed">The first so many of them are committed, the others rolled back.</param>
    public TransactionProfile End(int sessions, int committed) =>
        new(
            "end prepared",
            (session, _, cancel) =>
            {
                // The next session's, so that nobody ends what it has prepared itself.
                var other = session.Number % sessions + 1;
                return session.ExecuteOnceAsync(
                    $"{(other <= committed ? "COMMIT" : "ROLLBACK")} PREPARED '{GidOf(other)}'",
                    cancel
                );
            }
        );

    /// <summary>A transaction that is prepared instead of committed.</summary>
    /// <param name="profile">What it does.</param>
    /// <param name="gid">Its gid; without it the session's own.</param>
    public TransactionProfile Prepare(TransactionProfile profile, string? gid = null) =>
        new(
            $"{profile.Kind}, prepared",
            async (session, i, cancel) =>
            {
                await session.ExecuteOnceAsync("BEGIN", cancel);
                await profile.Body(session, i, cancel);
                await session.ExecuteOnceAsync($"PREPARE TRANSACTION '{gid ?? GidOf(session.Number)}'", cancel);
            }
        );

    /// <summary>
    /// How many refresh keys the persisted queue lists for each prepared transaction of this database.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="keys">SQL of the engine: gid, tview and refresh_key.</param>
    public static async Task<Dictionary<string, int>> PersistedAsync(NpgsqlConnection connection, string keys)
    {
        await using var reader = await new NpgsqlCommand(
            $"SELECT gid, count(refresh_key)::int FROM ({keys}) k GROUP BY gid",
            connection
        ).ExecuteReaderAsync();
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync())
        {
            counts.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return counts;
    }

    /// <summary>
    /// Which rows of a TVIEW the prepared transactions of this database hold, as features say it: "rows 1, 2" or "all
    /// rows".
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="keys">SQL of the engine: gid, tview and refresh_key.</param>
    /// <param name="tview">The TVIEW.</param>
    public static async Task<string?> HeldAsync(NpgsqlConnection connection, string keys, string tview)
    {
        await using var command = new NpgsqlCommand($"""
            SELECT CASE WHEN bool_or(refresh_key IS NULL) THEN 'all rows'
                        ELSE 'rows ' || string_agg(refresh_key::text, ', ' ORDER BY refresh_key) END
            FROM ({keys}) k WHERE tview = $1::regclass
            """, connection)
        { Parameters = { new() { Value = tview } } };
        return await command.ExecuteScalarAsync() as string;
    }

    /// <summary>The values of a column, sorted.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">Selects one text column.</param>
    public static async Task<List<string>> TextsAsync(NpgsqlConnection connection, string sql)
    {
        await using var reader = await new NpgsqlCommand(sql, connection).ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        texts.Sort(StringComparer.Ordinal);
        return texts;
    }

    /// <summary>
    /// Whether a session waits for a lock of a prepared transaction: pg_blocking_pids gives 0 for one, as it has no
    /// process.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="session">The waiting session's number.</param>
    /// <param name="limit">How long to ask.</param>
    public static async Task<bool> WaitsAsync(NpgsqlConnection connection, int session, TimeSpan limit)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = current_database() || ' session ' || "
                + "$1 "
            + "AND 0 = ANY(pg_blocking_pids(pid)))", connection)
        { Parameters = { new() { Value = session.ToString(CultureInfo.InvariantCulture) } } };
        return await Poll.UntilAsync(async () => (bool)(await command.ExecuteScalarAsync())!, limit);
    }
}

using Npgsql;

namespace Specs.Support.Metrics;

/// <summary>
/// What the server has done so far, counted and not timed: the same work is the same, however busy the machine is.
/// </summary>
/// <param name="WalBytes">The position in the write-ahead log, of the whole server.</param>
/// <param name="Transactions">Those that were committed in the database.</param>
/// <param name="Tuples">Rows that were inserted, updated or deleted there.</param>
/// <param name="Buffers">Pages that were touched there, in shared buffers or read into them.</param>
public sealed record ServerWork(long WalBytes, long Transactions, long Tuples, long Buffers)
{
    private const string Sql = """
        SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, xact_commit,
            tup_inserted + tup_updated + tup_deleted, blks_hit + blks_read
        FROM pg_stat_database WHERE datname = current_database()
        """;

    /// <summary>Asks the server. A session that has ended has reported what it did.</summary>
    /// <param name="connection">A connection to the database.</param>
    public static async Task<ServerWork> TakeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <summary>What was done since another look.</summary>
    public ServerWork Since(ServerWork before) => new(
        WalBytes - before.WalBytes,
        Transactions - before.Transactions,
        Tuples - before.Tuples,
        Buffers - before.Buffers
    );
}

using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>What a fault finds: sessions at work.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="connection">An open connection of who injects faults, to the sessions' database.</param>
/// <param name="random">Draws the victims.</param>
public sealed class FaultTarget(IReadOnlyList<Session> sessions, NpgsqlConnection connection, Random random)
{
    /// <summary>The sessions.</summary>
    public IReadOnlyList<Session> Sessions => sessions;

    /// <summary>Holds one of them inside its flush.</summary>
    public HeldFlush Flush { get; } = new(connection);

    /// <summary>Waits until each of them has ended so many transactions more, however.</summary>
    /// <param name="transactions">How many.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task ProgressAsync(int transactions, CancellationToken cancel)
    {
        var before = sessions.Select(s => s.Operations.Count).ToList();
        await Poll.UntilAsync(
            () => Task.FromResult(!sessions.Where((s, i) => s.Operations.Count < before[i] + transactions).Any()),
            TimeSpan.MaxValue, cancel);
    }

    /// <summary>Draws one of them.</summary>
    public Session Any() => sessions[random.Next(sessions.Count)];

    /// <summary>
    /// Sends a signal to the server process of a session that is in the middle of a transaction and has written
    /// something: the first such one in an order that is drawn. In one statement, so that little lies between the look
    /// and the signal; and none that commits, unless it is held there, for it may have done so already.
    /// </summary>
    /// <param name="function">pg_terminate_backend or pg_cancel_backend.</param>
    /// <param name="only">The session; null for any.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>The session; null where none was like that.</returns>
    public async Task<Session?> SignalAsync(string function, Session? only, CancellationToken cancel)
    {
        var drawn = only is null ? sessions.ToArray() : [only];
        random.Shuffle(drawn);
        // Read once: who is terminated may have another backend before the answer is here.
        var backends = drawn.Select(s => s.Backend).ToArray();
        await using var command = new NpgsqlCommand($"""
            WITH at_work AS MATERIALIZED (
                SELECT pid FROM pg_stat_activity
                WHERE pid = ANY ($1) AND backend_xid IS NOT NULL AND (query <> 'COMMIT' OR $2)
                    AND (state = 'active' OR $3)
                ORDER BY array_position($1, pid) LIMIT 1)
            SELECT pid FROM at_work WHERE {function}(pid)
            """, connection)
        {
            Parameters =
            {
                new() { Value = backends },
                new() { Value = only is not null },
                new() { Value = function != "pg_cancel_backend" },      // it does nothing to a session that is idle
            },
        };
        return await command.ExecuteScalarAsync(cancel) is int pid
            ? drawn[Array.IndexOf(backends, pid)] : null;
    }

    /// <summary>Waits until a session has ended so many transactions, since it was opened.</summary>
    /// <param name="session">The session.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public static Task WaitForOperationsAsync(Session session, int count, CancellationToken cancel) =>
        Poll.UntilAsync(() => Task.FromResult(session.Operations.Count >= count), TimeSpan.MaxValue, cancel);

    /// <summary>
    /// Waits until a session has ended its transaction, and says whether one failed that met what was done to it.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="injection">What was done.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public static async Task<bool> FailsAsync(Session session, Injection injection, CancellationToken cancel)
    {
        for (var i = 0; ; i++)
        {
            // The session counts a new one a moment before it is there: so until the next one is counted.
            await WaitForOperationsAsync(session, i + 2, cancel);
            var operation = session.Operations[i];
            var failed = operation.Outcome != Outcome.Ok && injection.Meets(operation);
            if (failed || operation.End > injection.End)
            {
                return failed;
            }
        }
    }

    /// <summary>Whether a session's server process is there and has written something in its transaction.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task<bool> HasWrittenAsync(Session session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT backend_xid IS NOT NULL FROM pg_stat_activity WHERE pid = $1", connection)
        {
            Parameters = { new() { Value = session.Backend } },
        };
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Waits until a session's server process has ended.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task WaitForEndAsync(Session session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE pid = $1", connection)
        {
            Parameters = { new() { Value = session.Backend } },
        };
        await Poll.UntilAsync(async () => await command.ExecuteScalarAsync(cancel) is null, TimeSpan.MaxValue, cancel);
    }

    /// <summary>How many transactions of the database have written something and not ended.</summary>
    public Task<long> CountUnderWayAsync() => ConnectionLoss.CountUnderWayAsync(connection);

    /// <summary>The one value that a query gives; null where it gives no row.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task<object?> ReadAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>Waits until the server has ended the connection of who injects faults.</summary>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <exception cref="TimeoutException">It has not.</exception>
    public async Task WaitForLossAsync(CancellationToken cancel)
    {
        if (!await Poll.UntilAsync(async () => !await AnswersAsync(cancel), TimeSpan.FromSeconds(30), cancel))
        {
            throw new TimeoutException("The server still answers 30 s after one of its processes was killed.");
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await new NpgsqlCommand("SELECT", connection).ExecuteNonQueryAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Connects anew, to a server that has ended all connections.</summary>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task ConnectAgainAsync(CancellationToken cancel)
    {
        await connection.CloseAsync();
        await Recovery.OpenAsync(connection, cancel);
    }
}

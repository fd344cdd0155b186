using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>What a client saw of its server connection while it was in a transaction there.</summary>
/// <param name="Client">The client's name.</param>
/// <param name="First">The first row of tb_test that it changes.</param>
/// <param name="Last">The last one.</param>
/// <param name="Process">The server process; ids are given again, but not together with the time of the start.</param>
/// <param name="Started">When that process started.</param>
/// <param name="Mark">What a client before it had SET for the session; null where nothing is set.</param>
/// <param name="QueueFound">Refresh keys that the transaction owed before it wrote; null where the engine does not
/// tell.</param>
/// <param name="Transaction">The transaction's id.</param>
public sealed record BackendObservation(
    string Client,
    int First,
    int Last,
    int Process,
    DateTime Started,
    string? Mark,
    long? QueueFound,
    string Transaction
)
{
    /// <summary>Refresh keys that it owed after it had written; null where nobody could ask.</summary>
    public long? QueueOwed { get; init; }

    /// <summary>Whether it was told that its transaction committed.</summary>
    public bool Committed { get; set; }

    /// <summary>The server process, for people.</summary>
    public string Server => $"process {Process}, started {Started:HH:mm:ss.ffffff}";

    /// <summary>The text that it writes into its rows.</summary>
    public string Text => "by client " + Client;
}

/// <summary>One client of a pooler, with verbs that features use.</summary>
public sealed class PooledClient : IDisposable
{
    /// <summary>What a client does after its statements.</summary>
    public static Vocabulary<Func<PooledClient, Task>> Words { get; } =
        new(
            "act of a client",
            "When client A changes the rows 1 to 3, then …, then …",
            new("commits", "COMMIT", c => c.CommitAsync()),
            new("rolls back", "ROLLBACK", c => c.ExecuteAsync("ROLLBACK")),
            new("makes an error", "SELECT 1 / 0", c => c.RefusedAsync("SELECT 1 / 0", "22012")),
            new(
                "fails to commit",
                "COMMIT, or where a statement has failed before: ROLLBACK",
                c => c.FailToCommitAsync()
            ),
            new(
                "prepares its transaction",
                "PREPARE TRANSACTION '…'",
                c => c.ExecuteAsync($"PREPARE TRANSACTION '{c.Gid(c._name)}'")
            ),
            new("sends DISCARD ALL", "DISCARD ALL", c => c.ExecuteAsync("DISCARD ALL")),
            // Unpooled, it rolls nothing back: the server is just told good-bye.
            new("disconnects", "the connection is closed", c => c._connection.CloseAsync())
        );

    private readonly string _name;
    private readonly NpgsqlConnection _connection;
    private readonly string _queueSize;
    private PostgresException? _refused;

    private PooledClient(string name, NpgsqlConnection connection, string queueSize)
    {
        _name = name;
        _connection = connection;
        _queueSize = queueSize;
    }

    /// <summary>What it saw in its last transaction.</summary>
    public BackendObservation Visit { get; private set; } = null!;

    /// <summary>Connects.</summary>
    /// <param name="name">Its name in the feature.</param>
    /// <param name="route">How it reaches the server.</param>
    /// <param name="queueSize">SQL expression: how many refresh keys the current transaction owes.</param>
    /// <param name="limit">How long one statement may take: an engine may let a client wait for what only that client
    /// can end.</param>
    /// <exception cref="NpgsqlException">It could not connect.</exception>
    public static async Task<PooledClient> OpenAsync(string name, Route route, string queueSize, TimeSpan limit)
    {
        var client = new PooledClient(name, new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(route.ConnectionString)
            {
                CommandTimeout = (int)limit.TotalSeconds,
            }.ConnectionString), queueSize);
        await client._connection.OpenAsync();
        return client;
    }

    /// <summary>SETs something for the session, by which the next client sees whether the session was reset.</summary>
    public Task MarkAsync() => ExecuteAsync($"SET specs.client = '{_name}'");

    /// <summary>
    /// Begins a transaction, looks around there before anything else, and then changes some rows of tb_test.
    /// </summary>
    /// <param name="first">The first row.</param>
    /// <param name="last">The last row.</param>
    public async Task ChangeAsync(int first, int last)
    {
        await ExecuteAsync("BEGIN");
        await using (var reader = await Command($"""
            SELECT pid, backend_start, nullif(current_setting('specs.client', true), ''), {_queueSize},
                pg_current_xact_id()::text
            FROM pg_stat_activity WHERE pid = pg_backend_pid()
            """).ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            Visit = new BackendObservation(
                _name,
                first,
                last,
                reader.GetInt32(0),
                reader.GetDateTime(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetInt64(3),
                reader.GetString(4)
            );
        }

        try
        {
            await ExecuteAsync($"UPDATE tb_test SET data = '{Visit.Text}' WHERE pk_test BETWEEN {first} AND {last}");
            Visit = Visit with { QueueOwed = await Command($"SELECT {_queueSize}").ExecuteScalarAsync() as long? };
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
        {
            _refused = e;   // an engine that refreshes at the end of the statement is refused here already
        }
    }

    /// <summary>Does what the feature says, one thing after the other.</summary>
    /// <param name="acts">For example "commits, then disconnects".</param>
    public async Task DoAsync(string acts)
    {
        foreach (var act in acts.Split(", then "))
        {
            await Words.Named(act)(this);
        }
    }

    /// <summary>Ends a transaction that another client has prepared.</summary>
    /// <param name="other">That client's name.</param>
    /// <param name="commit">Whether to commit it, or to roll it back.</param>
    public Task EndPreparedAsync(string other, bool commit) =>
        ExecuteAsync($"{(commit ? "COMMIT" : "ROLLBACK")} PREPARED '{Gid(other)}'");

    // The ids of prepared transactions are the whole server's; the database is the scenario's own.
    private string Gid(string client) => $"{_connection.Database}_{client}";

    private async Task CommitAsync()
    {
        await ExecuteAsync("COMMIT");
        Visit.Committed = true;
    }

    private async Task FailToCommitAsync()
    {
        if (_refused is null)
        {
            await RefusedAsync("COMMIT", PostgresErrorCodes.CheckViolation);
        }
        else
        {
            await ExecuteAsync("ROLLBACK");
        }
    }

    private async Task RefusedAsync(string sql, string state)
    {
        try
        {
            await ExecuteAsync(sql);
        }
        catch (PostgresException e) when (e.SqlState == state)
        {
            return;
        }

        throw new InvalidOperationException($"Client {_name} expected {state} for {sql}, but the server took it.");
    }

    private NpgsqlCommand Command(string sql) => new(sql, _connection);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Disconnects.</summary>
    public void Dispose() => _connection.Dispose();
}

using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.Support.Hosts;

/// <summary>
/// The databases of a run: a template, a fresh copy of it for every scenario, all dropped at the end.
/// </summary>
public sealed class Databases : IAsyncDisposable
{
    private const string Prefix = "specs_";

    private readonly string _connection;
    private readonly string _kept;
    private readonly NpgsqlConnection _admin;
    private readonly string _run;
    private int _count;
    private Task<string>? _next;
    private readonly DatabaseReaper _unwanted;

    private Databases(string connection, NpgsqlConnection admin, string run)
    {
        _connection = connection;
        // A login takes the server a third of the time of a new database.
        _kept = new NpgsqlConnectionStringBuilder(connection)
        {
            Pooling = true,
            NoResetOnClose = true,
            MaxPoolSize = ServerSettings.ForMaintenance,
            ConnectionIdleLifetime = 10,
        }.ConnectionString;
        _admin = admin;
        _run = Prefix + run.ToLowerInvariant();
        _unwanted = new DatabaseReaper(DropAsync);
    }

    /// <summary>How the names of a run's databases begin.</summary>
    internal static string OfRun(string run) => $"{Prefix}{run.ToLowerInvariant()}_";

    /// <summary>The server's version, for example "15.18".</summary>
    public string ServerVersion => _admin.ServerVersion;

    /// <summary>The search_path of every copy; null for the server's own.</summary>
    internal string? SearchPath { get; set; }

    /// <summary>
    /// Whether files are copied, which takes two checkpoints, instead of pages through the server's buffers: in memory
    /// that takes half the time, and dropping the copies does as well.
    /// </summary>
    internal bool CopiesFiles { get; set; }

    /// <summary>Connects, checks that the server can carry the run, and drops what a killed run left there.</summary>
    /// <param name="connection">The connection string of the maintenance database.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="sessions">How many sessions must fit.</param>
    /// <param name="help">What to do where the server does not answer, as the second half of a sentence.</param>
    /// <param name="say">Receives a line for each thing cleared away.</param>
    /// <exception cref="UserError">The server does not let the run in, or is too small, or too old.</exception>
    internal static async Task<Databases> OpenAsync(
        string connection,
        string run,
        int sessions,
        string help,
        Action<string> say
    )
    {
        var admin = new NpgsqlConnection(connection);
        try
        {
            await admin.OpenAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw LoginFailure.InWords(e, connection, help);
        }

        var databases = new Databases(connection, admin, run);
        try
        {
            await databases.CheckAsync(sessions);
            // While this connection lives the lock says that the run does; a killed one has lost it.
            await databases.HoldAsync();
            await databases.SweepAsync(say);
            return databases;
        }
        catch
        {
            await admin.DisposeAsync();
            throw;
        }
    }

    private async Task CheckAsync(int sessions)
    {
        if (_admin.PostgreSqlVersion.Major < 14)
        {
            throw new UserError($"The server is PostgreSQL {ServerVersion}; the suite needs 14 or later.");
        }

        var connections = (int)(await ScalarAsync(
            "SELECT current_setting('max_connections')::int - "
                + "current_setting('superuser_reserved_connections')::int"))!;
        if (connections < ServerSettings.ConnectionsFor(sessions))
        {
            throw new UserError($"The server takes {connections} connections, but {sessions} sessions need "
                + $"{ServerSettings.ConnectionsFor(sessions)}; "
                + "raise its max_connections or lower SPECS_SESSIONS.");
        }

        var prepared = (int)(await ScalarAsync("SELECT current_setting('max_prepared_transactions')::int"))!;
        if (prepared < 100)
        {
            throw new UserError(
                $"The server has max_prepared_transactions={prepared}; set it to at least 100 and restart the server."
            );
        }
    }

    private async Task HoldAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext($1))", _admin);
        command.Parameters.Add(new() { Value = _run });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _admin);
        return await command.ExecuteScalarAsync();
    }

    private async Task SweepAsync(Action<string> say)
    {
        // specs_<run>_<number>: whoever can take the run's lock knows that the run is no more.
        foreach (
            var group in (await NamesAsync(Prefix)).GroupBy(n => n[..n.LastIndexOf('_')]).Where(g => g.Key != _run)
        )
        {
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext($1))", _admin);
            command.Parameters.Add(new() { Value = group.Key });
            if ((bool)(await command.ExecuteScalarAsync())!)
            {
                foreach (var name in group)
                {
                    await DropAsync(name);
                    say($"dropped what an earlier run left: database {name}");
                }
            }
        }
    }

    /// <summary>Makes the template that every scenario's database is copied from.</summary>
    /// <param name="install">Fills it, given its connection string.</param>
    internal async Task CreateTemplateAsync(Func<string, Task> install)
    {
        await RunAsync($"CREATE DATABASE {Template}");
        await install(ConnectionTo(Template));
    }

    /// <summary>
    /// Gives a fresh database, a copy of the template. The next one is made meanwhile: nobody waits for it then.
    /// </summary>
    /// <returns>Its name.</returns>
    internal async Task<string> CreateAsync()
    {
        var ready = _next;
        _next = null;
        string name;
        try
        {
            name = await (ready ?? CopyAsync(Template));
        }
        catch (NpgsqlException) when (ready is not null)
        {
            name = await CopyAsync(Template);   // a scenario has killed the server while this one was being made
        }

        // Task.Run: on the synchronization context of this step it would go on only while a step of this scenario
        // waits.
        _next = Task.Run(() => CopyAsync(Template));
        return name;
    }

    /// <summary>Drops a database of this run that nobody needs any more, while the run goes on.</summary>
    internal void Discard(string name) => _unwanted.Add(name);

    /// <summary>Waits for what the run does in the background: the next copy, and drops of former ones.</summary>
    internal async Task WaitUntilQuietAsync()
    {
        await IgnoreLossAsync(_next ?? Task.CompletedTask);
        await _unwanted.WaitAsync();
    }

    /// <summary>Waits for what may fail because a scenario kills the server.</summary>
    internal static async Task IgnoreLossAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (NpgsqlException)
        {
        }
    }

    /// <summary>Makes a database without anything in it, for a dump to be restored.</summary>
    /// <returns>Its name.</returns>
    internal async Task<string> CreateEmptyAsync()
    {
        var name = $"{_run}_{Interlocked.Increment(ref _count)}";
        await RunAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return name;
    }

    /// <summary>Makes a copy of a database of this run. Several can be made at the same time.</summary>
    /// <param name="source">Whose copy; nobody may be connected to it.</param>
    /// <returns>Its name.</returns>
    internal async Task<string> CopyAsync(string source)
    {
        var name = $"{_run}_{Interlocked.Increment(ref _count)}";
        // Before PostgreSQL 15 there is no other way than files.
        var strategy = CopiesFiles && _admin.PostgreSqlVersion.Major >= 15 ? " STRATEGY FILE_COPY" : "";
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {source}{strategy}");
        if (SearchPath is not null)
        {
            // a copy has no settings of its template
            await RunAsync($"ALTER DATABASE {name} SET search_path = {SearchPath}");
        }

        return name;
    }

    /// <summary>Gives a database settings of its own, where the server lets its users do so.</summary>
    /// <param name="name">The database.</param>
    /// <param name="settings">Each setting with its value, as SQL says it.</param>
    internal async Task ConfigureAsync(string name, params string[] settings)
    {
        try
        {
            await RunAsync(string.Join(';', settings.Select(s => $"ALTER DATABASE {name} SET {s}")));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
        }
    }

    /// <summary>Drops a database of this run, with its sessions and prepared transactions.</summary>
    internal async Task DropAsync(string name)
    {
        await using var connection = await ConnectAsync();
        await using var prepared = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_prepared_xacts WHERE database = $1)",
            connection
        );
        prepared.Parameters.Add(new() { Value = name });
        if ((bool)(await prepared.ExecuteScalarAsync())!)
        {
            await using var own = new NpgsqlConnection(ConnectionTo(name));
            await Recovery.OpenAsync(own);
            await EndPreparedAsync(own);
        }

        await new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection).ExecuteNonQueryAsync();
    }

    /// <summary>Rolls back what is prepared in a database: the server has room for so many of all.</summary>
    internal static async Task EndPreparedAsync(NpgsqlConnection connection)
    {
        var prepared = new List<string>();
        await using (
            var command = new NpgsqlCommand(
                "SELECT format('ROLLBACK PREPARED %L', gid) FROM pg_prepared_xacts WHERE database = current_database()",
                connection
            )
        )
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                prepared.Add(reader.GetString(0));
            }
        }

        foreach (var end in prepared)
        {
            await new NpgsqlCommand(end, connection).ExecuteNonQueryAsync();
        }
    }

    /// <summary>The connection string of one of the server's databases.</summary>
    internal string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(_connection) { Database = database }.ConnectionString;

    private string Template => _run + "_0";

    /// <summary>
    /// Closes the connection and drops nothing: for a server that goes with the run, and its databases with it.
    /// </summary>
    internal async Task LeaveAsync()
    {
        await EndAsync();
        await CloseAsync();
    }

    private async Task EndAsync()
    {
        await _unwanted.EndAsync();
        await IgnoreLossAsync(_next ?? Task.CompletedTask);
    }

    private async Task CloseAsync()
    {
        NpgsqlConnection.ClearPool(new(_kept));
        await _admin.DisposeAsync();
    }

    /// <summary>Drops every database of the run and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var name in await NamesAsync(_run + "_"))
        {
            await DropAsync(name);
        }

        await CloseAsync();
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1", connection);
        command.Parameters.Add(new() { Value = prefix });
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Connects to the maintenance database, also where a scenario has restarted the server: closed, the connection is
    /// kept for the next one.
    /// </summary>
    internal async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_kept);
        await Recovery.OpenAsync(connection);
        return connection;
    }
}

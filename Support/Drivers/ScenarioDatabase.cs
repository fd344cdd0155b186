using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>A scenario's database, and its own connection to it, beside those of its sessions.</summary>
/// <param name="run">The run, on whose server it is made.</param>
public sealed class ScenarioDatabase(Run run) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private IPostgresHost? _standby;
    private string? _name;
    private long _logStart;

    /// <summary>Its name.</summary>
    public string Name => _name ?? throw new InvalidOperationException("The scenario has no database.");

    /// <summary>The scenario's own connection.</summary>
    public NpgsqlConnection Connection =>
        _connection ?? throw new InvalidOperationException("The scenario has no database.");

    /// <summary>How sessions reach it without a pooler.</summary>
    public Route Route => RouteOn(_standby);

    /// <summary>How sessions reach it on one of its servers.</summary>
    /// <param name="standby">The standby; null for the run's own server.</param>
    public Route RouteOn(IPostgresHost? standby) => Route.Direct(ConnectionOn(standby));

    private string ConnectionOn(IPostgresHost? standby) => standby is null
        ? run.Databases.ConnectionTo(Name)
        : new NpgsqlConnectionStringBuilder(standby.Admin) { Database = Name }.ConnectionString;

    /// <summary>When the server's process had started, as the scenario began.</summary>
    public DateTime ServerStart { get; private set; }

    /// <summary>
    /// What the server has logged since the scenario began; null where there is no database or no log.
    /// </summary>
    public string? Log => _name is null ? null : (_standby ?? run.Host).ReadLog(_logStart);

    /// <summary>Makes the database and connects to it.</summary>
    public async Task CreateAsync()
    {
        _logStart = run.Host.LogLength;
        _name = await run.Databases.CreateAsync();
        await ConnectAsync();
    }

    /// <summary>
    /// Closes the scenario's own connection for good: a database to which somebody is connected cannot be copied.
    /// </summary>
    public async Task DisconnectAsync()
    {
        NpgsqlConnection.ClearPool(Connection);
        await Connection.DisposeAsync();
        _connection = null;
    }

    /// <summary>Connects anew, and waits until the former connection has reported to the statistics what it did. No
    /// session may be open.</summary>
    internal async Task RenewAsync()
    {
        await DisconnectAsync();
        await ConnectAsync();
        await WaitForSessionsToEndAsync();
    }

    /// <summary>Goes on in a copy of it, and drops the original. Nobody may be connected.</summary>
    /// <param name="copyAsync">Makes the copy of a database; returns the copy's name.</param>
    internal async Task MoveAsync(Func<string, Task<string>> copyAsync)
    {
        await DisconnectAsync();
        var original = Name;
        _name = await copyAsync(original);
        run.Databases.Discard(original);
        await ConnectAsync();
    }

    /// <summary>
    /// Connects to the server that was killed and started again; what the crash itself left in the log is no finding.
    /// </summary>
    public async Task ReconnectAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        await ConnectAsync();
        _logStart = run.Host.LogLength;
    }

    /// <summary>Connects to the database on its standby, in place of the server that was killed.</summary>
    /// <param name="standby">The standby.</param>
    public async Task MoveToAsync(IPostgresHost standby)
    {
        _standby = standby;
        _logStart = 0;
        await Connection.DisposeAsync();
        await ConnectAsync();
    }

    /// <summary>The standby goes, and the run's own server is there again.</summary>
    public async Task ReturnAsync()
    {
        await (_connection is null ? Task.CompletedTask : DisconnectAsync());
        _standby = null;
        _logStart = run.Host.LogLength;
    }

    /// <summary>
    /// Whether the server crashed since the scenario began, and nobody else saw it: who loses a connection knows
    /// nothing of why. Waits until the server takes connections again.
    /// </summary>
    /// <returns>What it says; null where there is no database, or it did not crash.</returns>
    public async Task<CheckResult?> CrashAsync()
    {
        if (_name is null)
        {
            return null;
        }

        await using var connection = await ConnectToServerAsync();
        var result = await ServerHealth.CheckAsync(connection, ServerStart, Log);
        return result.Verdict == Verdict.Pass ? null : result;
    }

    /// <summary>Waits until the server has ended all other sessions of the database and what they began.</summary>
    public Task WaitForSessionsToEndAsync() => _connection is null ? Task.CompletedTask
        : SessionFleet.WaitForEndAsync(_connection, run.Options.Timeout);

    /// <summary>Leaves it to somebody who disposes it. The scenario's own connection is closed.</summary>
    internal ScenarioDatabase Leave()
    {
        var left = new ScenarioDatabase(run) { _name = _name };
        _name = null;
        return left;
    }

    /// <summary>Drops it at once.</summary>
    public async Task DropAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        _connection = null;
        if (_name is not null)
        {
            await run.Databases.DropAsync(_name);
            _name = null;
        }
    }

    /// <summary>Drops it, sooner or later.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_name is not null)
        {
            run.Databases.Discard(_name);
            _name = null;
        }
    }

    private async Task<NpgsqlConnection> ConnectToServerAsync()
    {
        if (_standby is null)
        {
            return await run.Databases.ConnectAsync();
        }

        var connection = new NpgsqlConnection(_standby.Admin);
        await Recovery.OpenAsync(connection);
        return connection;
    }

    private async Task ConnectAsync()
    {
        _connection = Route.ConnectionTo(ConnectionOn(_standby));
        await Recovery.OpenAsync(_connection);
        ServerStart = await ServerHealth.StartTimeAsync(_connection);
    }
}

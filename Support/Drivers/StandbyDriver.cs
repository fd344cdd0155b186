using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>The standby of a scenario, which may take the place of the run's server until the scenario ends.</summary>
/// <param name="run">The run, whose server is the primary.</param>
/// <param name="database">The scenario's database, on both.</param>
/// <param name="fleet">The scenario's sessions.</param>
/// <param name="cleanUp">Ends it.</param>
/// <param name="requires">Skips the scenario where there can be none.</param>
public sealed class StandbyDriver(
    Run run,
    ScenarioDatabase database,
    FleetDriver fleet,
    CleanUp cleanUp,
    Requirements requires
) : IAsyncDisposable
{
    private const string State = $"SELECT sync_state FROM pg_stat_replication "
        + $"WHERE application_name = '{ServerSettings.Standby}' AND state = 'streaming'";

    private IPostgresHost? _standby;
    private bool _isPrimaryKilled;

    private IPostgresHost Current =>
        _standby ?? throw new InvalidOperationException("The scenario has no standby.");

    /// <summary>How sessions reach the scenario's database there.</summary>
    public Route Route => database.RouteOn(Current);

    /// <summary>Makes it, and waits until it streams.</summary>
    /// <param name="synchronous">Whether a commit waits for it.</param>
    public async Task StartAsync(bool synchronous)
    {
        requires.KillableServer();
        requires.Standby();
        cleanUp.Own(this);
        _standby = await run.Host.StartStandbyAsync();
        if (synchronous)
        {
            await ServerSettings.AlterAsync(
                database.Connection, $"SET synchronous_standby_names = '{ServerSettings.Standby}'");
        }

        await using var command = new NpgsqlCommand(State, database.Connection);
        var wanted = synchronous ? "sync" : "async";
        if (!await Poll.UntilAsync(
            async () => await command.ExecuteScalarAsync() as string == wanted, run.Options.Timeout))
        {
            throw new TimeoutException($"The standby did not stream ({wanted}) in time.");
        }
    }

    /// <summary>From now on the scenario expects the primary to be dead, if there is a standby.</summary>
    public void ExpectCrash() => _isPrimaryKilled = _standby is not null;

    /// <summary>Connects after a crash: to the standby where there is one, else to the same server again.</summary>
    public Task ConnectAfterCrashAsync() =>
        _standby is { } standby ? database.MoveToAsync(standby) : database.ReconnectAsync();

    /// <summary>Makes it a primary.</summary>
    /// <exception cref="InvalidOperationException">It has not become one.</exception>
    public async Task PromoteAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_promote(true, 60)", database.Connection);
        if (await command.ExecuteScalarAsync() is not true)
        {
            throw new InvalidOperationException("The standby has not become a primary within a minute.");
        }
    }

    /// <summary>Ends it; the run's own server is as it was before.</summary>
    public async ValueTask DisposeAsync()
    {
        await fleet.CloseAsync();
        await database.ReturnAsync();
        if (_isPrimaryKilled)
        {
            await run.Host.StartAsync();
        }

        await using (var connection = new NpgsqlConnection(run.Host.Admin))
        {
            await Recovery.OpenAsync(connection);
            await ServerSettings.AlterAsync(connection, "RESET synchronous_standby_names");
        }

        await (_standby?.DisposeAsync() ?? ValueTask.CompletedTask);
        _standby = null;
    }
}

using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>The pooler of a scenario that has one.</summary>
/// <param name="run">The run, whose host starts it.</param>
/// <param name="database">The database that it stands before.</param>
/// <param name="requires">Skips the scenario where there is no such pooler.</param>
public sealed class PoolerDriver(Run run, ScenarioDatabase database, Requirements requires)
{
    private string _log = "";

    /// <summary>
    /// The pooler between the sessions and the server; null where they connect directly, as auditors always do.
    /// </summary>
    public IPooler? Current { get; private set; }

    /// <summary>How sessions and single clients reach the server.</summary>
    public Route Route => Current is null ? database.Route
        : Route.Pooled(Current.Options.Name, Current.ConnectionString, database.Route.Admin);

    /// <summary>All that the poolers of the scenario have logged.</summary>
    public string Log => _log + Current?.Log;

    /// <summary>
    /// Puts PgBouncer before the sessions that are opened from now on, or skips the scenario where there is none.
    /// </summary>
    /// <param name="mode">When it gives a server connection to another client.</param>
    /// <param name="resetAlways">Whether it resets the session between two clients in every mode.</param>
    /// <param name="serverConnections">How many server connections it may have.</param>
    /// <param name="clients">How many sessions it must take.</param>
    public async Task StartAsync(PoolMode mode, bool resetAlways, int serverConnections, int clients = 100)
    {
        var wanted = new PoolerOptions(mode, resetAlways, serverConnections,
            ServerSettings.ConnectionsFor(Math.Max(run.SessionsFor(clients), clients)));
        requires.Pooler(wanted);
        Current = await run.Host.StartPoolerAsync(database.Name, wanted);
    }

    /// <summary>Starts another one like a pooler that has ended.</summary>
    public Task StartAsync(PoolerOptions like) => StartAsync(like.Mode, like.ResetAlways, like.ServerConnections);

    /// <summary>
    /// Ends it. With the sessions, because its idle server connections would keep the wait for their end from ending.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> EndAsync()
    {
        if (Current is null)
        {
            return false;
        }

        await Current.DisposeAsync();
        _log += Current.Log;
        Current = null;
        return true;
    }
}

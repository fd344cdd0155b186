using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;
using Xunit;

namespace Specs.Support.Drivers;

/// <content>The pooler of a scenario that has one.</content>
public sealed partial class World
{
    private string _poolerLog = "";

    /// <summary>The pooler between the sessions and the server; null where they connect directly, as auditors always do.</summary>
    public IPooler? Pooler { get; private set; }

    /// <summary>How sessions and single clients reach the server.</summary>
    public Route SessionRoute => Pooler is null ? Route
        : Route.Pooled(Pooler.Options.Name, Pooler.ConnectionString, Route.Admin);

    /// <summary>The engine under test.</summary>
    public static TviewEngine Engine => Run.Engine;

    /// <summary>Puts PgBouncer before the sessions that are opened from now on, or skips the scenario where there is none.</summary>
    /// <param name="mode">When it gives a server connection to another client.</param>
    /// <param name="resetAlways">Whether it resets the session between two clients in every mode.</param>
    /// <param name="serverConnections">How many server connections it may have.</param>
    /// <param name="clients">How many clients it must take.</param>
    public async Task StartPoolerAsync(PoolMode mode, bool resetAlways, int serverConnections, int clients = 100)
    {
        clients = Math.Max(Run.Options.Sessions ?? 0, clients) + 20;
        var wanted = new PoolerOptions(mode, resetAlways, serverConnections, clients);
        SkipWithoutPooler(wanted);
        Pooler = await Run.Host.StartPoolerAsync(Database, wanted);
    }

    /// <summary>Skips the scenario where the host has no pooler that pools like this.</summary>
    internal static void SkipWithoutPooler(PoolerOptions wanted)
    {
        var reason = Run.Host.WhyNoPooler ?? Run.Host.WhyNotPooled(wanted);
        Skip.If(reason is not null, reason);
    }

    // The pooler ends with the sessions; those that are opened next want one like it.
    private async Task CloseFormerSessionsAsync()
    {
        if (_fleet is not null)
        {
            var pooler = Pooler?.Options;
            await CloseSessionsAsync();
            await (pooler is null ? Task.CompletedTask : StartPoolerAsync(pooler.Mode, pooler.ResetAlways, pooler.ServerConnections));
        }
    }

    // With the sessions, because its idle server connections would keep the wait for the server's sessions from ending.
    private async Task<bool> EndPoolerAsync()
    {
        if (Pooler is null)
        {
            return false;
        }

        await Pooler.DisposeAsync();
        _poolerLog += Pooler.Log;
        Pooler = null;
        return true;
    }

    private void KeepPoolerLog()
    {
        if (_poolerLog + Pooler?.Log is { Length: > 0 } log)
        {
            Run.Report.Keep(Scenario, "pgbouncer.log", log);
        }
    }
}

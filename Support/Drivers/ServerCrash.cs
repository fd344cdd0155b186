using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>A crash of the server under a scenario.</summary>
/// <param name="run">The run, whose server it is.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="fleet">Its sessions.</param>
/// <param name="requires">Skips the scenario where the server is not the suite's to kill.</param>
public sealed class ServerCrash(Run run, ScenarioDatabase database, FleetDriver fleet, Requirements requires)
{
    /// <summary>Closes the sessions, kills the server with SIGKILL, starts it again and connects anew.</summary>
    public async Task CrashAsync()
    {
        requires.KillableServer();
        await fleet.CloseAsync();
        await run.Host.KillAsync();
        await run.Host.StartAsync();
        await database.ReconnectAsync();
    }
}

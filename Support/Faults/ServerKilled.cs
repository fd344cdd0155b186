using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>The machine of the server crashes and comes up again: every process of the server gets SIGKILL.</summary>
/// <param name="server">The server.</param>
internal sealed class ServerKilled(CrashingServer server) : IFault
{
    internal const string Sql = "kill -KILL (every process of the server)";

    public IReadOnlyCollection<string> Errors => CrashingServer.Errors;

    public bool EndsServer => true;

    public Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel) =>
        server.CrashAsync(target, async () =>
        {
            await server.Host.KillAsync();
            await server.Host.StartAsync();
        }, cancel);
}

using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>
/// The kernel kills the server process of one session, for want of memory: the server then ends all others as well, for
/// they may have shared what that one left half written, and recovers.
/// </summary>
/// <param name="server">The server.</param>
internal sealed class BackendKilled(CrashingServer server) : IFault
{
    internal const string Sql = "kill -KILL (the server process of the session)";

    public IReadOnlyCollection<string> Errors => CrashingServer.Errors;

    public bool EndsServer => true;

    public Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel) =>
        server.CrashAsync(target, async () =>
        {
            await server.Host.SignalAsync(target.Any().Backend, "KILL");
            await target.WaitForLossAsync(cancel);
        }, cancel);
}

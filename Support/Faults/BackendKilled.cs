using System.Diagnostics;
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

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        await server.BeforeAsync();
        var underWay = await target.CountUnderWayAsync();
        var start = Stopwatch.GetTimestamp();
        await server.Host.SignalAsync(target.Any().Backend, "KILL");
        await target.WaitForLossAsync(cancel);
        await target.ConnectAgainAsync(cancel);
        await server.AfterAsync();
        return new("", start, Stopwatch.GetTimestamp(), null, underWay, false);
    }
}

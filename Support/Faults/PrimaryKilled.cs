using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>
/// The primary of a standby dies for good. A moment before it sends no more: so what it still acknowledges without
/// waiting for the standby is lost with it, however fast the machine is.
/// </summary>
/// <param name="server">The primary; the standby takes its place.</param>
internal sealed class PrimaryKilled(CrashingServer server) : IFault
{
    internal const string Sql = "kill -STOP (the process that sends the standby its log)\n"
        + "kill -KILL (every process of the server)";

    private const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        + "AND wait_event = 'SyncRep'";

    public IReadOnlyCollection<string> Errors => CrashingServer.Errors;

    public bool EndsServer => true;

    public bool SessionsConnectAgain => false;

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        await server.BeforeAsync();
        var start = Stopwatch.GetTimestamp();
        var sender = await target.ReadAsync("SELECT pid FROM pg_stat_replication", cancel)
            ?? throw new InvalidOperationException("No standby streams from the primary.");
        await server.Host.SignalAsync((int)sender, "STOP");
        var before = target.Sessions.Select(s => s.Operations.Count).ToList();
        // A session has had its answer for two transactions, or it waits for the standby.
        await Poll.UntilAsync(async () => (long)(await target.ReadAsync(Waiting, cancel))!
            + target.Sessions.Where((s, i) => s.Operations.Count >= before[i] + 2).Count() >= target.Sessions.Count,
            TimeSpan.MaxValue, cancel);
        var underWay = await target.CountUnderWayAsync();
        await server.Host.KillAsync();
        var end = Stopwatch.GetTimestamp();
        await server.AfterAsync();
        return new("", start, end, null, underWay, false);
    }
}

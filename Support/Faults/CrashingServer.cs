using System.Diagnostics;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Hosts;

namespace Specs.Support.Faults;

/// <summary>A server that is about to crash, because it is made to.</summary>
/// <param name="Host">The server.</param>
/// <param name="BeforeAsync">Looks whether it has crashed by itself: afterwards nobody could tell.</param>
/// <param name="AfterAsync">Connects anew who is connected beside the sessions.</param>
public sealed record CrashingServer(IPostgresHost Host, Func<Task> BeforeAsync, Func<Task> AfterAsync)
{
    // Of the processes that end with another one, of a server that starts, and of one that ends.
    internal static IReadOnlyCollection<string> Errors { get; } =
    [
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.AdminShutdown,
    ];

    /// <summary>Makes it crash, and connects again who injects faults, once it is up.</summary>
    /// <param name="target">The sessions at work.</param>
    /// <param name="crash">Makes it crash.</param>
    /// <param name="cancel">Stops waiting.</param>
    internal async Task<Injection> CrashAsync(FaultTarget target, Func<Task> crash, CancellationToken cancel)
    {
        await BeforeAsync();
        var underWay = await target.CountUnderWayAsync();
        var start = Stopwatch.GetTimestamp();
        await crash();
        await target.ConnectAgainAsync(cancel);
        await AfterAsync();
        return new("", start, Stopwatch.GetTimestamp(), null, underWay, false);
    }
}

using Npgsql;
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
}

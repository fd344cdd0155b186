using System.Net.Sockets;
using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Hosts;

/// <summary>Connects to a server that may be recovering from a crash: for a while it takes nobody.</summary>
internal static class Recovery
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Opens a connection as soon as the server takes it, within a minute.</summary>
    /// <param name="connection">The connection, closed.</param>
    /// <exception cref="NpgsqlException">The server refused it for another reason, or for too long.</exception>
    internal static async Task OpenAsync(NpgsqlConnection connection)
    {
        NpgsqlException? last = null;
        var open = await Poll.UntilAsync(async () =>
        {
            try
            {
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException e) when (IsPassing(e))
            {
                NpgsqlConnection.ClearPool(connection);     // its connections are of the server before the crash
                last = e;
                return false;
            }
        }, Limit);
        if (!open)
        {
            throw last!;
        }
    }

    // It starts, recovers or ends; or its postmaster does not listen yet.
    private static bool IsPassing(NpgsqlException e) =>
        e is PostgresException p
            ? p.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.AdminShutdown
            : e.InnerException is SocketException or IOException or EndOfStreamException;
}

using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>Connects to a server that may be recovering from a crash: for a while it takes nobody.</summary>
internal static class Recovery
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Each attempt costs the server a process, and a hundred sessions that ask all the time would hold up what they
    // wait for.
    private const int ShortestPause = 5, LongestPause = 200;

    /// <summary>Opens a connection as soon as the server takes it, within a minute.</summary>
    /// <param name="connection">The connection, closed.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="NpgsqlException">The server refused it for another reason, or for too long.</exception>
    internal static async Task OpenAsync(NpgsqlConnection connection, CancellationToken cancel = default)
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = ShortestPause; ; pause = Math.Min(2 * pause, LongestPause))
        {
            try
            {
                await connection.OpenAsync(cancel);
                // One of a pool may be of the server before the crash, and only who uses it sees that.
                await new NpgsqlCommand("SELECT", connection).ExecuteNonQueryAsync(cancel);
                return;
            }
            catch (NpgsqlException e) when (IsPassing(e) && Stopwatch.GetElapsedTime(began) < Limit)
            {
                await connection.CloseAsync();
                NpgsqlConnection.ClearPool(connection);
            }

            await Task.Delay(pause, cancel);
        }
    }

    // It starts, recovers or ends; or its postmaster does not listen yet; or its disk is full, and there is no room for
    // the file in which the first session after a VACUUM of system tables keeps what it knows of them.
    private static bool IsPassing(NpgsqlException e) =>
        e is PostgresException p
            ? p.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.AdminShutdown
                || p is { SqlState: PostgresErrorCodes.InternalError, MessageText: "could not write init file" }
            : e.InnerException is SocketException or IOException or EndOfStreamException;
}

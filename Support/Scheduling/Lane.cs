using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Hosts;

namespace Specs.Support.Scheduling;

/// <summary>
/// A copy of a race's database, with the sessions that take steps there. They stay open from one permutation to the
/// next, as those of PostgreSQL's isolation tester do; the first permutation has new ones, because engines have caches.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly ExplorationContext _arena;
    private SessionFleet? _fleet;
    private NpgsqlConnection? _restorer;

    private Lane(ExplorationContext arena, string database) =>
        (_arena, Database) = (arena, database);

    /// <summary>The database.</summary>
    internal string Database { get; }

    /// <summary>What its sessions did last; empty where they are new.</summary>
    internal IReadOnlyList<Step> Last { get; set; } = [];

    /// <summary>The explorer's own connection.</summary>
    internal NpgsqlConnection Controller { get; private set; } = new();

    /// <summary>Copies the database.</summary>
    /// <param name="arena">Where races are run.</param>
    /// <param name="defines">Whether a step creates or drops a TVIEW.</param>
    internal static async Task<Lane> OpenAsync(ExplorationContext arena, bool defines)
    {
        var database = await arena.Databases.CopyAsync(arena.Source);
        await arena.Databases.ConfigureAsync(database, $"default_transaction_isolation = '{arena.Isolation}'");
        await arena.Databases.ConfigureAsync(
            database,
            "log_lock_waits = off",
            // Nothing here has to outlive the server.
            "synchronous_commit = off",
            // Deadlocks should end soon; but whoever defines a TVIEW may count on the server's usual second.
            $"deadlock_timeout = '{(defines ? "1s" : "100ms")}'"
        );
        var lane = new Lane(arena, database);
        lane.Controller = await lane.ConnectAsync();
        return lane;
    }

    /// <summary>So many sessions, or more: they are opened where there are too few.</summary>
    internal async Task<IReadOnlyList<Session>> SessionsAsync(int count)
    {
        if (!(_fleet?.Sessions.Count >= count))
        {
            await CloseSessionsAsync();
            _fleet = await SessionFleet.OpenAsync(_arena.RouteTo(Database), count, 0, CancellationToken.None);
        }

        return _fleet!.Sessions;
    }

    /// <summary>
    /// A connection for <see cref="Checkpoint.Restore"/>, which keeps triggers from firing where its role may do that.
    /// </summary>
    internal async Task<NpgsqlConnection> RestorerAsync()
    {
        if (_restorer is null)
        {
            _restorer = await ConnectAsync();
            try
            {
                await new NpgsqlCommand(Checkpoint.NoTriggersSql, _restorer).ExecuteNonQueryAsync();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // Each permutation takes a new copy, then.
            }
        }

        return _restorer;
    }

    /// <summary>Brings back the rows that the database had when it was copied.</summary>
    /// <returns>Whether that could be done.</returns>
    internal async Task<bool> RestoreAsync()
    {
        await using var command = new NpgsqlCommand($"SELECT {Checkpoint.Restore}", await RestorerAsync());
        await command.PrepareAsync();
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = Route.ConnectionTo(Route.Direct(_arena.Databases.ConnectionTo(Database)).ConnectionString);
        await connection.OpenAsync();
        // Not that of the race.
        await new NpgsqlCommand(
            "SET default_transaction_isolation = 'read committed'",
            connection
        ).ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>
    /// Closes the sessions and waits for their end, unless they are idle: what a session left in a connection is there
    /// to be found in the next permutation.
    /// </summary>
    internal async Task TidyAsync()
    {
        await using var command = new NpgsqlCommand(
            $"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE {QuickLook.Busy})",
            Controller
        );
        if (!(bool)(await command.ExecuteScalarAsync())!)
        {
            await CloseSessionsAsync();
        }
    }

    /// <summary>Closes the sessions, and a pooler's server connections, and waits for their end.</summary>
    internal async Task CloseSessionsAsync()
    {
        if (_fleet is null)
        {
            return;
        }

        await _fleet.DisposeAsync();
        await (_restorer?.DisposeAsync() ?? default);
        (_fleet, _restorer, Last) = (null, null, []);
        await (_arena.Pooler is null ? Task.CompletedTask : ScheduleRunner.TerminateOthersAsync(Controller));
        await SessionFleet.WaitForEndAsync(Controller, _arena.Limit);
    }

    /// <summary>Closes everything, and gives the database back.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_fleet?.DisposeAsync() ?? default);
        await (_restorer?.DisposeAsync() ?? default);
        if (Controller.State == System.Data.ConnectionState.Open)
        {
            await Databases.IgnoreLossAsync(ReleaseAsync());
        }

        await Controller.DisposeAsync();
        _arena.Databases.Discard(Database);
    }

    // The database waits to be dropped, and its pooled connections and what is prepared there count meanwhile.
    private async Task ReleaseAsync()
    {
        await (_arena.Pooler is null ? Task.CompletedTask : ScheduleRunner.TerminateOthersAsync(Controller));
        await Databases.EndPreparedAsync(Controller);
    }
}

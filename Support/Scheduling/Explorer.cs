using System.Collections.Concurrent;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>Where races are run.</summary>
/// <param name="Databases">Makes the copies.</param>
/// <param name="Host">Tells the log.</param>
/// <param name="Engine">The engine under test.</param>
/// <param name="Source">The database that orders get copies of; nobody is connected to it.</param>
/// <param name="Schema">Its TVIEWs.</param>
/// <param name="Isolation">The level of all transactions, as SQL says it.</param>
/// <param name="Pooler">The pooler between the sessions and the server; null where they connect directly.</param>
/// <param name="ServerStart">When the server's process had started.</param>
/// <param name="Limit">How long may pass until a step is done or waits.</param>
public sealed record ExplorationContext(
    Databases Databases,
    IPostgresHost Host,
    TviewEngine Engine,
    string Source,
    Schema Schema,
    string Isolation,
    IPooler? Pooler,
    DateTime ServerStart,
    TimeSpan Limit
)
{
    internal Route RouteTo(string database)
    {
        var direct = Databases.ConnectionTo(database);
        return Pooler is null
            ? Route.Direct(direct)
            : Route.Pooled(
                Pooler.Options.Name,
                new NpgsqlConnectionStringBuilder(Pooler.ConnectionString) { Database = database }.ConnectionString,
                direct
            );
    }
}

/// <summary>One order, as it was taken and judged.</summary>
/// <param name="Trace">What became of each step.</param>
/// <param name="Results">The conclusions, good and bad.</param>
public sealed record JudgedTrace(Trace Trace, IReadOnlyList<CheckResult> Results);

/// <summary>Takes the steps of a race in one order after the other, each on fresh state, and judges each.</summary>
/// <param name="arena">Where.</param>
public sealed class Explorer(ExplorationContext arena) : IAsyncDisposable
{
    // Most of an order's time is spent waiting for the server's disk and for deadlock_timeout; but making the copy
    // takes as long as a few orders.
    private const int AtOnce = 3;
    private const int WorthACopy = 8;

    private readonly ConcurrentBag<string> _fresh = [];

    /// <summary>Runs orders, several at once: each has a database of its own.</summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="orders">The orders.</param>
    /// <returns>The plays, in the order of the orders. After one in which a session hangs no further one is
    /// begun.</returns>
    public async Task<IReadOnlyList<JudgedTrace>> RunAsync(Race race, IReadOnlyList<string> orders)
    {
        var plays = new ConcurrentDictionary<int, JudgedTrace>();
        using var hangs = new CancellationTokenSource();
        var lanes = Math.Clamp(orders.Count / WorthACopy, 1, AtOnce);
        await Parallel.ForAsync(0, orders.Count, new ParallelOptions { MaxDegreeOfParallelism = lanes }, async (i, _) =>
        {
            if (!hangs.IsCancellationRequested)
            {
                plays[i] = await RunAsync(race.In(orders[i]));
                await (plays[i].Trace.Hangs ? hangs.CancelAsync() : Task.CompletedTask);
            }
        });
        return [.. plays.OrderBy(p => p.Key).Select(p => p.Value)];
    }

    /// <summary>Runs one order on fresh state.</summary>
    /// <param name="steps">The steps in their order.</param>
    public async Task<JudgedTrace> RunAsync(IReadOnlyList<Step> steps)
    {
        var database = _fresh.TryTake(out var fresh) ? fresh : await CopyAsync(steps.Any(s => s.Command.Defines));
        var again = false;
        try
        {
            (var play, again) = await RunAsync(database, steps, arena.Host.LogLength);
            return play;
        }
        finally
        {
            if (again)
            {
                _fresh.Add(database);
            }
            else
            {
                arena.Databases.Discard(database);
            }
        }
    }

    // Deadlocks should end soon; but whoever defines a TVIEW may count on the server's usual second.
    private async Task<string> CopyAsync(bool defines)
    {
        var database = await arena.Databases.CopyAsync(arena.Source);
        await arena.Databases.ConfigureAsync(database, $"default_transaction_isolation = '{arena.Isolation}'");
        await arena.Databases.ConfigureAsync(
            database,
            "log_lock_waits = off",
            $"deadlock_timeout = '{(defines ? "1s" : "100ms")}'"
        );
        return database;
    }

    private async Task<(JudgedTrace, bool Again)> RunAsync(string database, IReadOnlyList<Step> steps, long log)
    {
        var route = arena.RouteTo(database);
        await using var controller = new NpgsqlConnection(
            Route.Direct(arena.Databases.ConnectionTo(database)).ConnectionString
        );
        await controller.OpenAsync();
        await new NpgsqlCommand(
            "SET default_transaction_isolation = 'read committed'",
            controller
        ).ExecuteNonQueryAsync();
        var letters = steps.Select(s => s.Session).Distinct().Order(StringComparer.Ordinal).ToList();
        var moments = arena.Engine.Profile.IsImmediate
            ? null
            : new MomentNotes(controller, arena.Schema, arena.Engine, steps);
        Trace playback;
        await using (var fleet = await SessionFleet.OpenAsync(route, letters.Count, 0, CancellationToken.None))
        {
            var player = new ScheduleRunner(controller, fleet.Sessions, letters, arena.Limit, moments);
            playback = await player.RunAsync(steps);
            await player.AbandonAsync();
        }

        // A pooler keeps its server connections; what a session left in one of them is there to be found.
        await (arena.Pooler is null ? SessionFleet.WaitForEndAsync(controller, arena.Limit) : Task.CompletedTask);
        var play = new JudgedTrace(
            playback,
            await JudgeAsync(controller, playback, moments?.Taken ?? [], arena.Host.ReadLog(log))
        );
        var again =
            play.Results.All(r => r.Verdict != Verdict.Fail)
            && !steps.Any(s => s.Command.Defines)
            && await Checkpoint.RestoreAsync(controller);
        // A database that is not used again waits to be dropped, and its pooled connections count meanwhile.
        await (again ? Task.CompletedTask : ScheduleRunner.TerminateOthersAsync(controller));
        return (play, again);
    }

    /// <summary>Drops the copies.</summary>
    public ValueTask DisposeAsync()
    {
        while (_fresh.TryTake(out var database))
        {
            arena.Databases.Discard(database);
        }

        return default;
    }

    private async Task<IReadOnlyList<CheckResult>> JudgeAsync(
        NpgsqlConnection connection,
        Trace playback,
        IReadOnlyList<Moment> moments,
        string? log
    )
    {
        if (playback.Stuck is not null)
        {
            return [CheckResult.From(Contract.Live, "every step ends", [playback.Stuck])];
        }

        var schema = arena.Schema with { Tviews = [.. await ThereAsync(connection, playback)] };
        var judgement = await Checkers.JudgeAsync(new Evidence(connection, arena.Engine, schema, arena.ServerStart, log)
        {
            Loads = [playback.ToLoad()],
            Moments = moments,
            Limit = arena.Limit,
            UsersMayDeadlock = true,
        });
        return judgement.Results;
    }

    // A TVIEW that a step has dropped need not be there; one that a step has created is judged as well.
    private async Task<List<Tview>> ThereAsync(NpgsqlConnection connection, Trace playback)
    {
        var there = new List<Tview>();
        var extra = arena.Engine.FormOf(Definitions.Extra);
        foreach (var tview in arena.Schema.Tviews.Append(extra))
        {
            await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection)
            {
                Parameters = { new() { Value = tview.Name } },
            };
            if (
                (bool)(await command.ExecuteScalarAsync())!
                || (
                    tview != extra
                    && !playback.Steps.Any(s => s.Step.Command.Drops == tview.Name && s.SqlState is null)
                )
            )
            {
                there.Add(tview);
            }
        }

        return there;
    }
}

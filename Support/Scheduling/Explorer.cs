using System.Collections.Concurrent;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Model;

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
            // The same few statements come again in each permutation.
            ? Route.Direct(direct).PreparingWhatComesAgain()
            : Route.Pooled(
                Pooler.Options.Name,
                new NpgsqlConnectionStringBuilder(Pooler.ConnectionString) { Database = database }.ConnectionString,
                direct
            );
    }
}

/// <summary>Takes the steps of a race in one order after the other, each on fresh state, and judges each.</summary>
/// <param name="arena">Where.</param>
/// <param name="most">How many orders are taken at once, at the most; null for as many as the processors bear.</param>
public sealed partial class Explorer(ExplorationContext arena, int? most = null) : IAsyncDisposable
{
    // While one waits, for a step of its sessions or for deadlock_timeout, another one works; but making the copy and
    // the first transactions of its sessions take as long as many orders.
    private const int WorthACopy = 15;
    private readonly int _atOnce = most ?? Math.Clamp(3 * Environment.ProcessorCount, 4, 12);

    private readonly ConcurrentBag<Lane> _free = [];
    private readonly QuickLook _look = new(arena.Engine, arena.Schema, goOn: Checkpoint.Restore);
    private readonly QuickLook _usualLook = new(arena.Engine, arena.Schema, everything: false, Checkpoint.Restore);
    private DateTime _serverStart = arena.ServerStart;

    /// <summary>The TVIEWs of the database, as the engine takes them.</summary>
    internal Schema Schema => arena.Schema;

    /// <summary>Runs orders, several at once: each has a database of its own.</summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="orders">The orders.</param>
    /// <returns>The plays, in the order of the orders. After one in which a session hangs no further one is
    /// begun.</returns>
    public Task<IReadOnlyList<JudgedTrace>> RunAsync(Race race, IReadOnlyList<string> orders) =>
        RunAsync([.. orders.Select(race.In)]);

    /// <summary>The same of any races.</summary>
    /// <param name="orders">The steps of each, in their order.</param>
    /// <param name="enough">Whether no further one is begun after one; null to go on in any case.</param>
    public async Task<IReadOnlyList<JudgedTrace>> RunAsync(
        IReadOnlyList<IReadOnlyList<Step>> orders,
        Func<JudgedTrace, bool>? enough = null
    )
    {
        var plays = await RunAsync(orders, _usualLook, enough);
        // Whose it is is found by looking after each; that takes longer than all the rest.
        return await AnythingLeftAsync() ? await RunAsync(orders, _look, enough) : plays;
    }

    private async Task<IReadOnlyList<JudgedTrace>> RunAsync(
        IReadOnlyList<IReadOnlyList<Step>> orders,
        QuickLook look,
        Func<JudgedTrace, bool>? enough
    )
    {
        var plays = new ConcurrentDictionary<int, JudgedTrace>();
        using var stop = new CancellationTokenSource();
        var lanes = Math.Clamp(orders.Count / WorthACopy, 1, _atOnce);
        await Parallel.ForAsync(0, orders.Count, new ParallelOptions { MaxDegreeOfParallelism = lanes }, async (i, _) =>
        {
            if (!stop.IsCancellationRequested)
            {
                plays[i] = await RunOnceAsync(orders[i], look);
                var last = plays[i].Trace.Hangs || enough?.Invoke(plays[i]) == true;
                await (last ? stop.CancelAsync() : Task.CompletedTask);
            }
        });
        // A crash ends the connections of all lanes, and whoever comes next sees that the server has restarted: alone
        // it shows in whose permutation it happens.
        var crashed = plays.Where(p => p.Value.Trace.IsLost || SawCrash(p.Value)).OrderBy(p => p.Key).ToList();
        foreach (var (i, _) in crashed)
        {
            plays[i] = await RunAsync(orders[i]);
        }

        if (crashed.Count > 0 && !plays.Values.Any(SawCrash))
        {
            var first = crashed[0];
            plays[first.Key] = await AfterAnotherAsync(first.Value, crashed.Select(c => c.Value));
        }

        return [.. plays.OrderBy(p => p.Key).Select(p => p.Value)];
    }

    /// <summary>
    /// Runs one order on fresh state and in new sessions, while no other one is run: what shows then is of these steps.
    /// </summary>
    /// <param name="steps">The steps in their order.</param>
    public async Task<JudgedTrace> RunAsync(IReadOnlyList<Step> steps)
    {
        await ForgetCrashAsync();
        foreach (var lane in _free)
        {
            await lane.CloseSessionsAsync();
        }

        return await RunOnceAsync(steps, _look);
    }

    // A session keeps an advisory lock until it ends, and it ends with its lane, as orphans do.
    private async Task<bool> AnythingLeftAsync()
    {
        var any = false;
        foreach (var lane in _free)
        {
            await using var command = new NpgsqlCommand(
                $"SELECT EXISTS ({Residue.SqlOf(arena.Engine)})",
                lane.Controller
            );
            await command.PrepareAsync();
            any |= (bool)(await command.ExecuteScalarAsync())!;
        }

        await (any ? DisposeAsync() : ValueTask.CompletedTask);
        return any;
    }

    private async Task<JudgedTrace> RunOnceAsync(IReadOnlyList<Step> steps, QuickLook look)
    {
        Lane? lane = null;
        IReadOnlyList<Step> before = [];
        var again = false;
        try
        {
            var log = arena.Host.LogLength;
            lane = _free.TryTake(out var free) ? free : await Lane.OpenAsync(arena, steps.Any(s => s.Command.Defines));
            (before, lane.Last) = (lane.Last, steps);
            (var play, again) = await RunAsync(lane, steps, look, log);
            return play with { Before = before };
        }
        catch (NpgsqlException e) when (e is not PostgresException || lane is null)
        {
            // Somebody else's permutation has brought the server down.
            var order = string.Concat(steps.Select(s => s.Session));
            return new(new(order, [], e.Message) { Asked = steps, IsLost = true }, [])
            {
                Before = before,
            };
        }
        finally
        {
            if (again)
            {
                _free.Add(lane!);
            }
            else
            {
                await (lane?.DisposeAsync() ?? default);
            }
        }
    }

    private async Task<(JudgedTrace, bool Again)> RunAsync(
        Lane lane,
        IReadOnlyList<Step> steps,
        QuickLook look,
        long log
    )
    {
        var letters = steps.Select(s => s.Session).Distinct().Order(StringComparer.Ordinal).ToList();
        var moments = arena.Engine.Profile.IsImmediate
            ? null
            : new MomentNotes(lane.Controller, arena.Schema, arena.Engine, steps);
        var runner = new ScheduleRunner(
            lane.Controller,
            await lane.SessionsAsync(letters.Count),
            letters,
            arena.Limit,
            moments,
            Independence.Of(arena.Engine.Profile, arena.Pooler is not null)
        );
        var trace = await runner.RunAsync(steps);
        if (trace.IsLost)
        {
            return (new(trace, [await CrashAsync(lane, log)]), false);
        }

        await runner.AbandonAsync();
        var (judgement, restored) = await JudgeAsync(lane, trace, moments?.Taken ?? [], look, log);
        var play = new JudgedTrace(trace, judgement.Results) { Refreshes = judgement.Refreshes };
        var again =
            trace.Stuck is null
            && play.Results.All(r => r.Verdict != Verdict.Fail)
            && !steps.Any(s => s.Command.Defines)
            && (restored ?? await lane.RestoreAsync());
        return (play, again);
    }

    /// <summary>Drops the copies.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_free.TryTake(out var lane))
        {
            await lane.DisposeAsync();
        }
    }

    // And whether the rows are back already; null where that is still to be done.
    private async Task<(Judgement, bool? Restored)> JudgeAsync(
        Lane lane,
        Trace playback,
        IReadOnlyList<Moment> moments,
        QuickLook look,
        long log
    )
    {
        if (playback.Stuck is not null)
        {
            return (new([CheckResult.From(Contract.Live, "every step ends", [playback.Stuck])], []), null);
        }

        var defines = playback.Steps.Any(s => s.Step.Command.Defines);
        var schema = !defines
            ? arena.Schema
            : arena.Schema with { Tviews = [.. await playback.TviewsThereAsync(lane.Controller, arena)] };
        // The log is worth reading only where somebody was refused, or something is wrong.
        Evidence Known(NpgsqlConnection connection, string? serverLog) =>
            new(connection, arena.Engine, schema, _serverStart, serverLog)
            {
                Loads = [playback.ToLoad()],
                Moments = moments,
                Warnings = [.. playback.Warnings],
                Limit = arena.Limit,
                UsersMayDeadlock = true,
            };
        if (!defines && arena.Engine.Profile.IsImmediate)
        {
            var known = Known(await lane.RestorerAsync(), playback.Refused.Any() ? arena.Host.ReadLog(log) : null);
            var (quick, restored) = await look.JudgeAsync(known);
            if (quick is not null)
            {
                return (quick, restored);
            }
        }

        await lane.TidyAsync();
        var judgement = await Checkers.JudgeAsync(Known(lane.Controller, arena.Host.ReadLog(log))) with
        {
            Refreshes = !RefreshLog.IsKept(arena.Engine.Profile) ? null
                : await RefreshLog.CountAsync(lane.Controller, arena.Engine.Profile.Writes),
        };
        return (judgement, null);
    }
}

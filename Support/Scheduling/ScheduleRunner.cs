using System.Diagnostics;
using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Scheduling;

/// <summary>
/// Takes the steps of several sessions in one order, as PostgreSQL's isolation tester does: a step that has to wait is
/// left waiting and the next session takes its step. A step of a session that waits is taken as soon as that one is
/// free.
/// </summary>
/// <param name="controller">A direct connection to the database, the explorer's own.</param>
/// <param name="sessions">A session for each letter, in the order of the letters.</param>
/// <param name="letters">The sessions' letters.</param>
/// <param name="limit">How long may pass until a step is done or waits.</param>
/// <param name="moments">Notes what TVIEWs show between steps; null where the engine refreshes at once.</param>
/// <param name="independence">Tells the steps that can as well come together with the next one of their session: a
/// round trip less.</param>
internal sealed class ScheduleRunner(
    NpgsqlConnection controller,
    IReadOnlyList<Session> sessions,
    IReadOnlyList<string> letters,
    TimeSpan limit,
    MomentNotes? moments,
    Independence independence
)
{
    // Most steps are done by then; only after that is it worth asking, because an answer takes the server as long as a
    // statement. Then less and less often: a new session is at its first transaction for a while.
    private static readonly TimeSpan UntilAsked = TimeSpan.FromMilliseconds(2), LongestPause = 8 * UntilAsked;

    private readonly BlockingGraph _waits = new(controller);
    private readonly StepSender _sender = new(sessions, letters, controller.Database);
    private readonly Dictionary<string, Task> _underWay = [];
    private readonly HashSet<string> _failed = [];          // sessions in a transaction that has failed
    private readonly HashSet<string> _prepared = [];        // sessions whose transaction is prepared
    private readonly List<TracedStep> _taken = [];
    private bool _lost;

    /// <summary>Takes the steps.</summary>
    /// <param name="steps">In their order.</param>
    public async Task<Trace> RunAsync(IReadOnlyList<Step> steps)
    {
        var held = steps.Where(s => s.Command.Held).Select(s => s.Session).Distinct().ToList();
        foreach (var session in held)
        {
            await ExecuteAsync(InjectionPoint.CloseSql(session));
        }

        var left = steps.ToList();
        var withTheNext = independence.WithTheNext(steps);
        var settled = true;
        try
        {
            await NoteAsync();
            while (settled && !_lost && Next(left) is { } step)
            {
                left.Remove(step);
                await TakeAsync(step, held, withTheNext);
                settled = await SettleAsync();
                await NoteAsync();
            }

            await _sender.SendRestAsync();
        }
        catch (NpgsqlException e) when (IsLoss(e))
        {
            await LoseAsync();
        }

        var order = string.Concat(steps.Select(s => s.Session));
        return _lost
            ? new(order, _taken, "the server ended the connections") { Asked = steps, IsLost = true }
            : new(order, _taken, await StuckAsync(left, settled)) { Asked = steps, Hangs = !settled };
    }

    private Task NoteAsync() => _lost ? Task.CompletedTask : moments?.TakeAsync(_taken.Count) ?? Task.CompletedTask;

    // The first step whose session can take it; nobody overtakes a step of his own.
    private Step? Next(IReadOnlyList<Step> left) =>
        left.DistinctBy(s => s.Session)
            .FirstOrDefault(s =>
                s.Command.Kind == StepKind.GoOn
                || (
                    !_underWay.ContainsKey(s.Session)
                    && (
                        s.Command.Of is not { } other
                        || _taken.Exists(t =>
                            t.Step.Session == other && t.Step.Command.Prepares && t.DoneAfter is not null
                        )
                    )
                )
            );

    private async Task TakeAsync(Step step, List<string> held, IReadOnlySet<Step> withTheNext)
    {
        var (session, move) = (step.Session, step.Command);
        var taken = new TracedStep(step, _taken.Count + 1);
        var leftOut = move.Kind switch
        {
            StepKind.Work => _failed.Contains(session),
            StepKind.EndPrepared => !_prepared.Remove(move.Of!),
            // Its transaction had failed before the savepoint was set.
            StepKind.BackToSavepoint =>
                _taken.LastOrDefault(t => t.Step.Session == session && t.Step.Command.SetsSavepoint)?.LeftOut != false,
            _ => false,
        };
        _taken.Add(
            taken with
            {
                LeftOut = leftOut,
                DoneAfter = leftOut || move.Kind == StepKind.GoOn ? taken.Place : null,
            }
        );
        if (move.Kind == StepKind.GoOn)
        {
            if (held.Remove(session))
            {
                await ExecuteAsync(InjectionPoint.OpenSql(session));
            }
        }
        else if (!leftOut && withTheNext.Contains(step))
        {
            _taken[^1] = _taken[^1] with { DoneAfter = taken.Place };
            _sender.SendWithTheNext(step);
        }
        else if (!leftOut)
        {
            moments?.Begin(step);
            _underWay.Add(session, _sender.SendAsync(step, _failed.Contains(session)));
        }
    }

    // Every step under way is done, or waits for somebody who will do nothing before the next step.
    private async Task<bool> SettleAsync()
    {
        while (_underWay.Count > 0)
        {
            IReadOnlyDictionary<string, Wait>? waiting = null;
            var inTime = await AskAsync(async () =>
                (waiting = await _waits.SettledAsync([.. _underWay.Keys.Select(BlockingGraph.NameOf)])) is not null
            );
            foreach (var (session, _) in _underWay.Where(u => u.Value.IsCompleted).ToList())
            {
                await EndAsync(session);
                waiting = null;     // whoever waited for that session may go on now
            }

            if (waiting is not null)
            {
                Note(waiting);
                return true;
            }

            if (!inTime)
            {
                return false;
            }
        }

        return true;
    }

    // Until the answer is yes or a step is done, whichever comes first.
    private async Task<bool> AskAsync(Func<Task<bool>> isSo)
    {
        var pause = UntilAsked;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < limit;)
        {
            await ((Task)Task.WhenAny(_underWay.Values)).WaitAsync(pause)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause < LongestPause ? 1.5 * pause : LongestPause;
            if (_underWay.Values.Any(step => step.IsCompleted) || await isSo())
            {
                return true;
            }
        }

        return false;
    }

    private async Task EndAsync(string session)
    {
        var place = _taken.FindLastIndex(t => t.Step.Session == session && t.Step.Command.Kind != StepKind.GoOn);
        var (step, task) = (_taken[place].Step, _underWay[session]);
        _underWay.Remove(session);
        _taken[place] = _taken[place] with
        {
            DoneAfter = _taken.Count,
            Warnings = _sender.SessionOf(session).TakeWarnings(),
        };
        moments?.End(step);
        try
        {
            await task;
            if (step.Command.Prepares && !_failed.Contains(session))
            {
                _prepared.Add(session);
            }

            if (step.Command.Kind is StepKind.End or StepKind.BackToSavepoint)
            {
                _failed.Remove(session);
            }
        }
        catch (NpgsqlException e) when (IsLoss(e))
        {
            _taken[place] = _taken[place] with { Message = e.Message, DoneAfter = null };
            _lost = true;
        }
        catch (PostgresException e)
        {
            _lost = !await _sender.SessionOf(session).GoesOnAsync(default);
            _taken[place] = _taken[place] with { SqlState = e.SqlState, Message = e.MessageText, Table = e.TableName };
            if (step.Command.Kind == StepKind.End || !InTransaction(step))
            {
                _failed.Remove(session);
            }
            else
            {
                _failed.Add(session);
            }
        }
    }

    /// <summary>Not an answer but the end of the connection: the server crashed, or somebody ended it.</summary>
    internal static bool IsLoss(NpgsqlException e) =>
        e is not PostgresException p || p.InvariantSeverity is "FATAL" or "PANIC";

    private async Task LoseAsync()
    {
        _lost = true;
        foreach (var session in _underWay.Keys.ToList())
        {
            await _underWay[session].ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(limit);
            await EndAsync(session);
        }
    }

    private bool InTransaction(Step step) =>
        _taken.LastOrDefault(t =>
            t.Step.Session == step.Session
            && t.Step.Number < step.Number
            && t.Step.Command.Kind is StepKind.Begin or StepKind.End
        )
            is { Step.Command.Kind: StepKind.Begin };

    private void Note(IReadOnlyDictionary<string, Wait> waiting)
    {
        foreach (var session in _underWay.Keys)
        {
            var place = _taken.FindLastIndex(t => t.Step.Session == session && t.Step.Command.Kind != StepKind.GoOn);
            var (blockers, on) = waiting[BlockingGraph.NameOf(session)];
            _taken[place] = _taken[place] with
            {
                WaitedFor = [.. _taken[place].WaitedFor.Union(blockers)],
                WaitedOn = [.. _taken[place].WaitedOn.Union([on])],
            };
        }
    }

    private async Task<string?> StuckAsync(List<Step> left, bool settled)
    {
        if (_underWay.Count == 0 && left.Count == 0)
        {
            return null;
        }

        var waiting = settled
            ? _underWay.Keys.Select(s =>
                $"session {s} waits for "
                + string.Join(
                    " and ",
                    _taken.Last(t => t.Step.Session == s && t.Step.Command.Kind != StepKind.GoOn).WaitedFor
                )
            )
            : [$"after {limit.TotalSeconds:0} s a step was neither done nor did it wait for a lock"];
        var notRun = left.Count == 0 ? "no step is left"
            : "left are: " + string.Join(", ", left.Select(s => $"{s.Session} {s.Words}"));
        return $"{string.Join("; ", waiting)}; {notRun}\n"
            + await StallReport.TakeAsync(controller);
    }

    /// <summary>Ends the sessions that are stuck, and whatever they still wait for.</summary>
    public async Task AbandonAsync()
    {
        if (_underWay.Count > 0)
        {
            await TerminateOthersAsync(controller);
            await Task.WhenAll(_underWay.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Ends every other session of a database.</summary>
    internal static Task TerminateOthersAsync(NpgsqlConnection connection) =>
        ExecuteAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()");

    private Task ExecuteAsync(string sql) => ExecuteAsync(controller, sql);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using Specs.Support.Fleet;

namespace Specs.Support.Scheduling;

/// <summary>What became of one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Place">When it was taken: its place among the steps as they were taken, from 1.</param>
public sealed record TracedStep(Step Step, int Place)
{
    /// <summary>Whom it waited for, one after the other; empty where it never waited.</summary>
    public IReadOnlyList<string> WaitedFor { get; init; } = [];

    /// <summary>On which kinds of locks, as pg_stat_activity.wait_event tells them.</summary>
    public IReadOnlyList<string> WaitedOn { get; init; } = [];

    /// <summary>How many steps were taken when it was done; null where it never was.</summary>
    public int? DoneAfter { get; init; }

    /// <summary>Its error's SQLSTATE; null where there was none.</summary>
    public string? SqlState { get; init; }

    /// <summary>Its error's message.</summary>
    public string? Message { get; init; }

    /// <summary>The table that its error is about; null where it is about none.</summary>
    public string? Table { get; init; }

    /// <summary>The warnings that the server sent with it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it was left out, because its transaction had failed already.</summary>
    public bool LeftOut { get; init; }

    /// <summary>
    /// Whether it waited for another session or a prepared transaction; an injection point is the explorer's own doing.
    /// </summary>
    public bool Waited => WaitedFor.Any(w => w != BlockingGraph.Explorer);
}

/// <summary>One permutation as it was taken.</summary>
/// <param name="Order">The permutation that was asked for.</param>
/// <param name="Steps">The steps in the order in which they were taken: who waits takes no step.</param>
/// <param name="Stuck">Who waited for whom for ever; null where all steps were taken.</param>
public sealed record Trace(string Order, IReadOnlyList<TracedStep> Steps, string? Stuck)
{
    /// <summary>The steps in the order in which they were asked for.</summary>
    public IReadOnlyList<Step> Asked { get; init; } = [];

    /// <summary>Whether a step was neither done in time nor waited for a lock.</summary>
    public bool Hangs { get; init; }

    /// <summary>Whether the server ended the connections.</summary>
    public bool IsLost { get; init; }

    /// <summary>The steps that the server refused.</summary>
    public IEnumerable<TracedStep> Refused => Steps.Where(s => s.SqlState is not null);

    /// <summary>
    /// What the server warned of, a line each. Whoever creates or drops a TVIEW may be told what to mind.
    /// </summary>
    public IEnumerable<string> Warnings =>
        Steps
            .Where(s => !s.Step.Command.Defines)
            .SelectMany(s => s.Warnings.Select(w => $"session {s.Step.Session}, when it {s.Step.Words}: {w}"));

    /// <summary>Whether a step of a session had to wait for another one.</summary>
    /// <param name="session">The session's letter.</param>
    public bool Waits(string session) => Steps.Any(s => s.Step.Session == session && s.Waited);

    /// <summary>The same as a history, whose clock counts the steps.</summary>
    public LoadResult ToLoad()
    {
        var sessions = Steps.Select(s => s.Step.Session).Distinct().Order(StringComparer.Ordinal).ToList();
        return new LoadResult(
            [.. sessions.Select(session => Steps.Count(s => s.Step.Session == session))],
            TimeSpan.Zero,
            new History(
                Steps
                    .Where(s => !s.LeftOut)
                    .Select(s => new Operation(
                        sessions.IndexOf(s.Step.Session) + 1,
                        s.Step.Words,
                        s.Place,
                        s.DoneAfter ?? s.Place,
                        s.SqlState is null ? Outcome.Ok : Outcome.Failed,
                        s.SqlState,
                        1,
                        false,
                        s.Message
                    ))
            )
        );
    }
}

using System.Diagnostics;

namespace Specs.Support.Fleet;

/// <summary>How an operation ended.</summary>
public enum Outcome : byte
{
    /// <summary>Committed.</summary>
    Ok,

    /// <summary>Refused by the server with an error that the scenario had declared.</summary>
    Refused,

    /// <summary>Refused by the server with any other error; <see cref="Operation.SqlState"/> says which.</summary>
    Failed,

    /// <summary>The connection broke before the answer: it may have committed or not.</summary>
    Indeterminate,
}

/// <summary>One attempt at one transaction, as its session saw it.</summary>
/// <param name="Session">The session's number, from 1.</param>
/// <param name="Kind">What it was, for example "insert" or "audit".</param>
/// <param name="Start">When it was sent, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="End">When its answer was there, in the same ticks.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="SqlState">The error's SQLSTATE; null where there was none.</param>
/// <param name="Attempt">1, or more where earlier attempts were retried.</param>
/// <param name="Retried">Whether another attempt followed.</param>
/// <param name="Message">The error's message; null where there was none.</param>
public readonly record struct Operation(
    int Session,
    string Kind,
    long Start,
    long End,
    Outcome Outcome,
    string? SqlState,
    int Attempt,
    bool Retried,
    string? Message
)
{
    // A long? would take twice the room, in what is kept of every operation.
    private readonly long _due;

    /// <summary>When it should have been sent, in the same ticks, where a pace was set; null where none was.</summary>
    public long? Due
    {
        get => _due == 0 ? null : _due;
        init => _due = value ?? 0;
    }

    /// <summary>
    /// How long it took, in milliseconds. Where a pace was set, from the moment when it should have been sent: a
    /// session that an earlier transaction held up must not hide that wait (Tene's "coordinated omission").
    /// </summary>
    public double Milliseconds => Stopwatch.GetElapsedTime(Due ?? Start, End).TotalMilliseconds;
}

/// <summary>
/// The record of every operation of a workload. Jepsen's idea: run first, judge the recorded history afterwards.
/// </summary>
public sealed class History
{
    /// <summary>The operations, in the order of their start.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Makes the history of what the sessions recorded.</summary>
    /// <param name="operations">The records of all sessions, in any order.</param>
    public History(IEnumerable<Operation> operations)
    {
        var sorted = operations.ToArray();
        Array.Sort(Array.ConvertAll(sorted, o => o.Start), sorted);
        Operations = sorted;
    }

    /// <summary>The operations that were the workload's, not of those who look on or refresh.</summary>
    public IEnumerable<Operation> Work => Operations.Where(o => !BesideWork.Contains(o.Kind));

    /// <summary>The auditors' checks.</summary>
    public IEnumerable<Operation> Audits => Operations.Where(o => o.Kind == Auditor);

    /// <summary>The kind of an auditor's operations.</summary>
    public const string Auditor = "audit";

    /// <summary>The kind of the operations of a session that counts tokens.</summary>
    public const string Observer = "observe";

    /// <summary>The kind of the refreshes of an engine that refreshes later.</summary>
    public const string Refresher = "refresh";

    private static readonly string[] BesideWork = [Auditor, Observer, Refresher];

    /// <summary>The largest number of the workload's transactions in flight at one moment.</summary>
    public int LargestOverlap()
    {
        // At equal ticks ends count first, so that back-to-back operations are not taken for concurrent ones.
        var edges = Work.SelectMany(o => new[] { (Tick: o.Start, Step: 1), (Tick: o.End, Step: -1) })
            .Order();
        int now = 0, most = 0;
        foreach (var (_, step) in edges)
        {
            now += step;
            most = Math.Max(most, now);
        }

        return most;
    }

    /// <summary>How many of the workload's transactions were tried more than once, out of how many.</summary>
    public (int Again, int All) TriedAgain()
    {
        var last = Work.Where(o => !o.Retried).ToList();
        return (last.Count(o => o.Attempt > 1), last.Count);
    }

    /// <summary>How many audits ran while the workload did: begun after its start and ended before its end.</summary>
    public int AuditsDuringWork()
    {
        var work = Work.ToList();
        return work.Count == 0
            ? 0
            : Audits.Count(a => a.Outcome == Outcome.Ok && a.Start >= work[0].Start && a.End <= work.Max(o => o.End));
    }
}

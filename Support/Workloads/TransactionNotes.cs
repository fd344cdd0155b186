using System.Collections.Concurrent;
using System.Diagnostics;

namespace Specs.Support.Workloads;

/// <summary>What a session did in a transaction: a statement, or a step by the words of races.</summary>
/// <param name="Words">What it was, for example "begins at SERIALIZABLE".</param>
/// <param name="Statement">The statement; null where the words say all.</param>
internal readonly record struct NotedStep(string Words, Statement? Statement = null);

/// <summary>A random transaction that committed, with its statements.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Start">When it began, in ticks of <see cref="Stopwatch"/>, as the history's operations.</param>
/// <param name="End">When it had committed.</param>
/// <param name="Steps">What was done in it.</param>
internal sealed record NotedTransaction(int Session, long Start, long End, IReadOnlyList<NotedStep> Steps);

/// <summary>
/// The statements of one round of random transactions. The history knows of an operation no more than its kind, so that
/// it stays small under any load; these are forgotten when the next round begins.
/// </summary>
internal sealed class TransactionNotes
{
    private readonly ConcurrentQueue<NotedTransaction> _committed = [];

    /// <summary>Those that committed, in the order in which their sessions learned it.</summary>
    internal IReadOnlyList<NotedTransaction> Committed => [.. _committed.OrderBy(t => t.End)];

    /// <summary>Notes one that has committed just now.</summary>
    internal void Add(int session, long start, IReadOnlyList<NotedStep> steps) =>
        _committed.Enqueue(new(session, start, Stopwatch.GetTimestamp(), steps));

    /// <summary>Forgets them.</summary>
    internal void Clear() => _committed.Clear();
}

using System.Data;

namespace Specs.Support.Fleet;

/// <summary>The statements of one transaction.</summary>
/// <param name="session">Who runs it.</param>
/// <param name="iteration">Its number within the session, from 1.</param>
/// <param name="cancel">Stops waiting for it.</param>
public delegate Task TransactionBody(Session session, int iteration, CancellationToken cancel);

/// <summary>One kind of transaction of a workload.</summary>
/// <param name="Kind">Its name in the history, for example "insert".</param>
/// <param name="Body">Its statements.</param>
public sealed record TransactionProfile(string Kind, TransactionBody Body)
{
    /// <summary>
    /// The level of an explicit transaction block; null for a single statement that commits by itself.
    /// </summary>
    public IsolationLevel? Isolation { get; init; }

    /// <summary>The SQLSTATEs with which the server may refuse it.</summary>
    public IReadOnlyCollection<string> Declared { get; init; } = [];

    /// <summary>Whether failures are tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Never;
}

namespace Specs.Support.Fleet;

/// <summary>
/// When a session tries a transaction again: only after errors that the engine documents as retryable, and only where
/// the scenario says so.
/// </summary>
/// <param name="Attempts">How often a transaction may be tried, at least 1.</param>
/// <param name="SqlStates">The SQLSTATEs of those errors.</param>
public sealed record RetryPolicy(int Attempts, IReadOnlyList<string> SqlStates)
{
    /// <summary>One attempt.</summary>
    public static readonly RetryPolicy Never = new(1, []);

    /// <summary>A thousand attempts at the most after some errors.</summary>
    /// <param name="sqlStates">Their SQLSTATEs.</param>
    public static RetryPolicy After(IReadOnlyList<string> sqlStates) => new(1000, sqlStates);

    /// <summary>Whether another attempt may follow this one.</summary>
    /// <param name="sqlState">The SQLSTATE of the failed attempt.</param>
    /// <param name="attempt">Its number, from 1.</param>
    public bool Allows(string? sqlState, int attempt) =>
        sqlState is not null && attempt < Attempts && SqlStates.Contains(sqlState);

    /// <summary>
    /// How long to wait before another attempt: not at all before the second one, then up to twice as long each time,
    /// at random, so that those who met do not meet again (Metcalfe and Boggs, CACM 1976).
    /// </summary>
    /// <param name="session">The session's number.</param>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    public static TimeSpan Pause(int session, int attempt) =>
        attempt < 2 ? TimeSpan.Zero : SeededRandom.For(session, attempt).NextDouble() * Longest(attempt);

    private static TimeSpan Longest(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(1 << Math.Min(attempt, 10), 200));
}

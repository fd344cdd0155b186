namespace Specs.Support.Fleet;

/// <summary>
/// When a session tries a transaction again: only after the two errors that PostgreSQL documents as retryable, and
/// only where the scenario says so.
/// </summary>
/// <param name="Attempts">How often a transaction may be tried, at least 1.</param>
public sealed record RetryPolicy(int Attempts)
{
    /// <summary>One attempt.</summary>
    public static readonly RetryPolicy Never = new(1);

    /// <summary>Serialization failures and deadlocks are tried again, a thousand times at the most.</summary>
    public static readonly RetryPolicy Retryable = new(1000);

    /// <summary>serialization_failure and deadlock_detected.</summary>
    public static bool IsRetryable(string? sqlState) => sqlState is "40001" or "40P01";

    /// <summary>Whether another attempt may follow this one.</summary>
    /// <param name="sqlState">The SQLSTATE of the failed attempt.</param>
    /// <param name="attempt">Its number, from 1.</param>
    public bool Allows(string? sqlState, int attempt) => IsRetryable(sqlState) && attempt < Attempts;
}

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
}

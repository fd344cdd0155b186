namespace Specs.Support.Fleet;

/// <summary>Something that went wrong because it was made to, while sessions worked.</summary>
/// <param name="Fault">What, as features say it.</param>
/// <param name="Start">When it began, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="End">When it was done, in the same ticks.</param>
/// <param name="Session">The number of the session that it was done to; null where it was done to all, 0 where it found
/// none.</param>
/// <param name="UnderWay">How many transactions that had written something were under way where it was done, by the
/// server's account just before: of that session, or of all.</param>
/// <param name="InFlush">Whether the server said that the session was inside its flush.</param>
public sealed record Injection(string Fault, long Start, long End, int? Session, long UnderWay, bool InFlush)
{
    /// <summary>Whether it did anything, where that is known at once; one that did not is not counted.</summary>
    public bool Hit { get; init; } = true;

    /// <summary>Whether an operation ran while it was done, and in a session to which it was done.</summary>
    /// <param name="operation">The operation.</param>
    public bool Meets(Operation operation) => (Session is null || Session == operation.Session)
        && operation.Start <= End && operation.End >= Start;
}

/// <summary>What is made to go wrong while sessions work.</summary>
/// <param name="RunAsync">Makes it so, and returns when that is over.</param>
/// <param name="SessionsConnectAgain">Whether a session that loses its connection opens another one and goes
/// on.</param>
public sealed record Disturbance(Func<CancellationToken, Task> RunAsync, bool SessionsConnectAgain);

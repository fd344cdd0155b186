namespace Specs.Support.Workloads;

/// <summary>The tokens of one session that a TVIEW showed in one snapshot.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Tokens">How many there were.</param>
/// <param name="Last">The number of the last one's transaction within the session.</param>
/// <param name="Rows">How many rows held them.</param>
public sealed record SessionTokens(int Session, int Tokens, int Last, int Rows);

/// <summary>The tokens that a TVIEW showed in one snapshot.</summary>
/// <param name="Start">When the snapshot was asked for, in ticks of Stopwatch.</param>
/// <param name="End">When the answer was there, in the same ticks.</param>
/// <param name="Sessions">Those of each session, by its number.</param>
public sealed record TokenCount(long Start, long End, IReadOnlyDictionary<int, SessionTokens> Sessions)
{
    /// <summary>Those of one session; null where there were none.</summary>
    public SessionTokens? Of(int session) => Sessions.GetValueOrDefault(session);
}

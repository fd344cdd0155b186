using System.Data;
using Specs.Support.Configuration;

namespace Specs.Support.Fleet;

/// <summary>What some of the sessions of a load do.</summary>
/// <param name="Sessions">How many of them, or their share where SPECS_SESSIONS replaces the total.</param>
/// <param name="Times">How often each.</param>
/// <param name="Profile">What.</param>
public sealed record WorkShare(int Sessions, int Times, TransactionProfile Profile)
{
    /// <summary>Refuses shares that leave sessions without work, or speak of sessions that nobody opened.</summary>
    /// <param name="shares">All of them.</param>
    /// <param name="asked">How many sessions the scenario asks for.</param>
    /// <param name="replaced">The number by which SPECS_SESSIONS replaces it, and with which shares are proportions;
    /// null without.</param>
    /// <exception cref="UserError">They do not add up.</exception>
    public static void RequireTotal(IReadOnlyList<WorkShare> shares, int asked, int? replaced)
    {
        var sum = shares.Sum(s => s.Sessions);
        if (replaced is null && sum != asked)
        {
            throw new UserError(
                $"The column 'sessions' adds up to {sum} ({string.Join(" + ", shares.Select(s => s.Sessions))}), "
                    + $"and the scenario has {asked} sessions; make them the same."
            );
        }

        if (replaced < shares.Count)
        {
            throw new UserError(
                $"SPECS_SESSIONS={replaced} leaves nobody for some of the {shares.Count} things that the "
                    + "sessions of this scenario do at once; give at least as many sessions."
            );
        }
    }

    /// <summary>
    /// Deals the sessions out in the order of the shares, in proportion to them, at least one to each.
    /// </summary>
    /// <param name="shares">The shares.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="isolation">The isolation level of all; null leaves each profile its own.</param>
    /// <param name="retry">Whether transactions that fail are tried again.</param>
    /// <returns>What each session does how often.</returns>
    public static Dictionary<Session, (TransactionProfile Profile, int Times)> Deal(
        IReadOnlyList<WorkShare> shares,
        IReadOnlyList<Session> sessions,
        IsolationLevel? isolation,
        RetryPolicy retry
    )
    {
        var counts = Counts(shares, sessions.Count);
        var ends = counts.Select((_, i) => counts.Take(i + 1).Sum()).ToList();
        return sessions
            .Index()
            .ToDictionary(
                s => s.Item,
                s =>
                {
                    var share = shares[ends.FindIndex(end => s.Index < end)];
                    return (
                        share.Profile with
                        {
                            Isolation = isolation ?? share.Profile.Isolation,
                            Retry = retry,
                        },
                        share.Times
                    );
                }
            );
    }

    // In proportion, by the largest remainders; but each share gets one session at the least.
    private static List<int> Counts(IReadOnlyList<WorkShare> shares, int sessions)
    {
        var exact = shares.Select(s => (double)s.Sessions * sessions / shares.Sum(o => o.Sessions)).ToList();
        var counts = exact.Select(e => Math.Max(1, (int)e)).ToList();
        while (counts.Sum() != sessions)
        {
            var step = Math.Sign(sessions - counts.Sum());
            var place = Enumerable.Range(0, counts.Count).Where(i => counts[i] + step > 0)
                .MaxBy(i => step * (exact[i] - counts[i]));
            counts[place] += step;
        }

        return counts;
    }
}

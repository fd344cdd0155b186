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
    }

    /// <summary>Deals the sessions out in the order of the shares, in proportion to them.</summary>
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
    ) =>
        sessions.ToDictionary(
            session => session,
            session =>
            {
                var place = (session.Number - 0.5) * shares.Sum(s => s.Sessions) / sessions.Count;
                var share = shares.First(s => (place -= s.Sessions) < 0);
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

using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

// In whose permutation the server crashed.
public sealed partial class Explorer
{
    /// <summary>Whether the server crashed, or may have, while an order was taken.</summary>
    internal static bool MayHaveCrashed(JudgedTrace play) =>
        play.Results.Any(r => r.Contract == Contract.ServerSurvives && r.Verdict != Verdict.Pass);

    private static bool SawCrash(JudgedTrace play) =>
        play.Results.Any(r => r.Contract == Contract.ServerSurvives && r.Verdict == Verdict.Fail);

    // A session may bring the server down by what it did in the permutation before: then both together show it.
    private async Task<JudgedTrace> AfterAnotherAsync(JudgedTrace first, IEnumerable<JudgedTrace> crashed)
    {
        foreach (var lost in crashed.Where(c => c.Before.Count > 0))
        {
            var own = lost.Before.GroupBy(s => s.Session).ToDictionary(g => g.Key, g => g.Max(s => s.Number));
            var both = lost.Before.Concat(
                lost.Trace.Asked.Select(s => s with { Number = s.Number + own.GetValueOrDefault(s.Session) })
            );
            var again = await RunAsync([.. both]);
            if (SawCrash(again))
            {
                return again;
            }
        }

        return first with
        {
            Results =
            [
                CheckResult.Unknown(
                    Contract.ServerSurvives,
                    "the server never crashed",
                    "it crashed while permutations were taken, and does not when each is taken alone"
                ),
            ],
        };
    }

    private async Task<CheckResult> CrashAsync(Lane lane, long log)
    {
        await using var connection = new NpgsqlConnection(arena.Databases.ConnectionTo(lane.Database));
        await Recovery.OpenAsync(connection);
        var health = await ServerHealth.CheckAsync(connection, _serverStart, arena.Host.ReadLog(log));
        return health.Verdict == Verdict.Fail ? health
            : CheckResult.Unknown(health.Contract, health.Claim, "it ended the connections, and nobody knows why");
    }

    /// <summary>The next order begins on the server as it is now.</summary>
    internal async Task ForgetCrashAsync()
    {
        // Not to the database of which copies are made: nobody may be connected to that.
        await using var connection = new NpgsqlConnection(arena.Host.Admin);
        await Recovery.OpenAsync(connection);
        var now = await ServerHealth.StartTimeAsync(connection);
        if (now != _serverStart)
        {
            _serverStart = now;
            await DisposeAsync();   // the lanes' connections are of the server before
        }
    }
}

using System.Diagnostics;
using Specs.Support.Contracts;
using Specs.Support.Hosts;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>A load in the middle of which the pooler dies, and what is known of that moment.</summary>
/// <param name="database">The scenario's database.</param>
/// <param name="pooler">The pooler that dies.</param>
/// <param name="fleet">The sessions that work through it.</param>
/// <param name="measurements">What they did.</param>
/// <param name="judge">Concludes.</param>
/// <param name="requires">Skips the scenario where the pooler is not the suite's to kill.</param>
public sealed class PoolerLoss(
    ScenarioDatabase database,
    PoolerDriver pooler,
    FleetDriver fleet,
    Measurements measurements,
    Judge judge,
    Requirements requires
)
{
    private IPooler _pooler = null!;
    private long _killedAt;
    private long _onServer;

    /// <summary>
    /// Lets every session write tokens, and kills the pooler in the middle of one of the transactions.
    /// </summary>
    /// <param name="times">How many tokens a session writes.</param>
    /// <param name="percent">Which part of all transactions must have come to their middle before that, 1 to
    /// 100.</param>
    public async Task RunAsync(int times, int percent)
    {
        _pooler = pooler.Current!;
        requires.KillablePooler(_pooler);
        var begun = 0;
        var fatal = fleet.Sessions.Count * times * percent / 100;
        await fleet.RunAsync(Tokens.Write(async _ =>
        {
            // The event is the load's own progress, not a clock's.
            if (Interlocked.Increment(ref begun) == fatal)
            {
                _onServer = await ConnectionLoss.CountUnderWayAsync(database.Connection);
                _killedAt = Stopwatch.GetTimestamp();
                await _pooler.KillAsync();
            }
        }), times);
    }

    /// <summary>Starts another pooler with the same options, and opens sessions through it.</summary>
    /// <param name="sessions">How many.</param>
    public async Task StartAgainAsync(int sessions)
    {
        await fleet.CloseAsync();
        await pooler.StartAsync(_pooler.Options);
        await fleet.OpenAsync(sessions);
    }

    /// <summary>Whether transactions were lost in the middle.</summary>
    public void RequireUnderWay() => judge.Require(ConnectionLoss.UnderWay(measurements.Load, _killedAt, _onServer));

    /// <summary>
    /// Whether exactly the committed tokens are there, once the server has ended all that it still did.
    /// </summary>
    public async Task RequireTokensAsync()
    {
        await fleet.CloseAsync();
        judge.Require(ConnectionLoss.Tokens(measurements.Load, await Tokens.CountAsync(database.Connection)));
    }
}

using System.Diagnostics;
using Specs.Support.Contracts;
using Specs.Support.Hosts;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>A load in the middle of which the pooler dies, and what is known of that moment.</summary>
public sealed class PoolerLoss(World world)
{
    private IPooler _pooler = null!;
    private long _killedAt;
    private long _onServer;

    /// <summary>Lets every session write tokens, and kills the pooler in the middle of one of the transactions.</summary>
    /// <param name="times">How many tokens a session writes.</param>
    /// <param name="percent">Which part of all transactions must have come to their middle before that, 1 to 100.</param>
    public async Task RunAsync(int times, int percent)
    {
        _pooler = world.Pooler!;
        Xunit.Skip.IfNot(_pooler.CanKill, "the external pooler is not the suite's to kill");
        var begun = 0;
        var fatal = world.Fleet.Sessions.Count * times * percent / 100;
        await world.RunAsync([(1, times, Tokens.Write(async () =>
        {
            // The event is the load's own progress, not a clock's.
            if (Interlocked.Increment(ref begun) == fatal)
            {
                _onServer = await ConnectionLoss.CountUnderWayAsync(world.Connection);
                _killedAt = Stopwatch.GetTimestamp();
                await _pooler.KillAsync();
            }
        }))]);
    }

    /// <summary>Starts another pooler with the same options, and opens sessions through it.</summary>
    /// <param name="sessions">How many.</param>
    public async Task StartAgainAsync(int sessions)
    {
        await world.CloseSessionsAsync();
        await world.StartPoolerAsync(_pooler.Options.Mode, _pooler.Options.ResetAlways, _pooler.Options.ServerConnections);
        await world.OpenSessionsAsync(sessions);
    }

    /// <summary>Whether transactions were lost in the middle.</summary>
    public void RequireUnderWay() => World.Require(ConnectionLoss.UnderWay(world.Load, _killedAt, _onServer));

    /// <summary>Whether exactly the committed tokens are there, once the server has ended all that it still did.</summary>
    public async Task RequireTokensAsync()
    {
        await world.CloseSessionsAsync();
        World.Require(ConnectionLoss.Tokens(world.Load, await Tokens.CountAsync(world.Connection)));
    }
}

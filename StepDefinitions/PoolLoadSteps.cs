using Specs.Support.Contracts;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>Loads through PgBouncer, also while it is killed.</summary>
[Binding]
public sealed class PoolLoadSteps(Judge judge, Measurements measurements, PoolerLoss loss)
{
    /// <summary>A load in the middle of which PgBouncer is killed.</summary>
    [When(@"^each session writes a token of its own into two rows, (\d+) times, "
        + @"and PgBouncer is killed after (\d+) % of that$")]
    public Task WhenKilled(int times, int percent) => loss.RunAsync(times, percent);

    /// <summary>A new PgBouncer like the one that is gone, with new sessions.</summary>
    [When(@"^PgBouncer is started again for (\d+) new sessions$")]
    public Task WhenStartedAgain(int sessions) => loss.StartAgainAsync(sessions);

    /// <summary>Proves that more clients wanted to work than the server could see.</summary>
    [Then(@"^at least (\d+) % of the sessions wanted a server connection at the same moment$")]
    public void ThenOverlap(int percent) =>
        judge.Require(Concurrency.Check(measurements.Load, measurements.Load.Sessions * percent / 100));

    /// <summary>Proves that the connections were shared.</summary>
    [Then(@"^the sessions shared (\d+) server connections$")]
    public Task ThenShared(int most) => judge.RequireSharedAsync(most);

    /// <summary>Proves that there was something to lose.</summary>
    [Then(@"^several transactions were under way on the server when PgBouncer was killed$")]
    public void ThenUnderWay() => loss.RequireUnderWay();

    /// <summary>What the clients were told.</summary>
    [Then(@"^every session has lost its connection with a clean error$")]
    public void ThenCleanErrors() => judge.Require(ConnectionLoss.CleanErrors(measurements.Load));

    /// <summary>What became of what they wrote.</summary>
    [Then(@"^each token that was committed stands in its two rows, and no other token stands in any$")]
    public Task ThenTokens() => loss.RequireTokensAsync();
}

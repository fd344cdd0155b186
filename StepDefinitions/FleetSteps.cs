using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Fleet;
using IsolationLevel = System.Data.IsolationLevel;

namespace Specs.StepDefinitions;

/// <summary>The sessions of a scenario, what they do, and whether they really did it at the same time.</summary>
[Binding]
public sealed class FleetSteps(World world)
{
    /// <summary>Opens sessions; SPECS_SESSIONS replaces their number.</summary>
    [Given(@"^(\d+) sessions$")]
    public Task GivenSessions(int count) => world.OpenSessionsAsync(count);

    /// <summary>Opens auditors.</summary>
    [Given(@"^an auditor who compares every TVIEW with its defining query all the while$")]
    public Task GivenAuditors() => world.OpenAuditorsAsync();

    /// <summary>Sets the level of all transactions.</summary>
    [Given(@"^the isolation level (READ COMMITTED|REPEATABLE READ|SERIALIZABLE)$")]
    public void GivenIsolation(string level) =>
        world.Isolation = Enum.Parse<IsolationLevel>(level.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>Sets the retry policy of all transactions.</summary>
    [Given(@"^a transaction that fails with 40001 or 40P01 is tried again$")]
    public void GivenRetry() => world.Retry = RetryPolicy.Retryable;

    /// <summary>All sessions do the same.</summary>
    [When(@"^each session (.*), (\d+) times?$")]
    public Task WhenEach(string deed, int times) => world.RunAsync([(1, times, world.DeedNamed(deed))]);

    /// <summary>Some do this, some that; the table's numbers are shares where SPECS_SESSIONS replaces the total.</summary>
    [When(@"^all sessions work at once$")]
    public Task WhenAll(DataTable table) => world.RunAsync([.. table.Rows.Select(row =>
        (int.Parse(row["sessions"], CultureInfo.InvariantCulture), int.Parse(row["times"], CultureInfo.InvariantCulture), world.DeedNamed(row["what each does"])))]);

    /// <summary>Proves the overlap: so many of every hundred sessions.</summary>
    [Then(@"^at least (\d+) % of the sessions were in a transaction at the same moment$")]
    public void ThenOverlap(int percent) => World.Require(Concurrency.Check(world.Load, world.Load.Sessions * percent / 100));

    /// <summary>Every transaction committed.</summary>
    [Then(@"^every session has committed all its transactions$")]
    public void ThenComplete() => World.Require(Completion.Check(world.Load));
}

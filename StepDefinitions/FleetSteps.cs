using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Fleet;

namespace Specs.StepDefinitions;

/// <summary>The sessions of a scenario, what they do, and whether they really did it at the same time.</summary>
[Binding]
public sealed class FleetSteps(Judge judge, Measurements measurements, FleetDriver fleet)
{
    /// <summary>Opens sessions; SPECS_SESSIONS replaces their number.</summary>
    [Given(@"^(\d+) sessions?$")]
    public Task GivenSessions(int count) => fleet.OpenAsync(count);

    /// <summary>Opens auditors.</summary>
    [Given(@"^an auditor who compares every TVIEW with its defining query all the while$")]
    public Task GivenAuditors() => fleet.OpenAuditorsAsync();

    /// <summary>Looks on when sessions work.</summary>
    [Given(@"^an auditor who counts the tokens that the TVIEW shows all the while$")]
    public void GivenCount() => fleet.CountsTokens = true;

    /// <summary>Sets the level of all transactions.</summary>
    [Given(@"^the isolation level (READ COMMITTED|REPEATABLE READ|SERIALIZABLE)$")]
    public void GivenIsolation(string level) => fleet.TakeLevel(level);

    /// <summary>Sets the level of all transactions, to try what a profile says of it.</summary>
    [Given(@"^the isolation level (REPEATABLE READ|SERIALIZABLE), whether or not the engine serves it$")]
    public void GivenAnyIsolation(string level) => fleet.TakeLevel(level, onlyWhereServed: false);

    /// <summary>Sets the retry policy of all transactions.</summary>
    [Given(@"^a transaction that fails with a retryable error is tried again$")]
    public void GivenRetry() => fleet.RetryAllowed();

    /// <summary>All sessions do the same.</summary>
    [When(@"^each session (.*), (\d+) times?$")]
    public Task WhenEach(string deed, int times) => fleet.RunAsync(fleet.ProfileNamed(deed), times);

    /// <summary>However many transactions that are.</summary>
    [When(@"^for (\d+) seconds? each session (.*)$")]
    public Task WhenFor(int seconds, string deed) =>
        fleet.RunAsync(fleet.ProfileNamed(deed), TimeSpan.FromSeconds(seconds));

    /// <summary>
    /// Some do this, some that; the table's numbers are shares where SPECS_SESSIONS replaces the total.
    /// </summary>
    [When(@"^all sessions work at once$")]
    public Task WhenAll(DataTable table) => fleet.RunAsync([.. table.Rows.Select(row => new WorkShare(
        int.Parse(row["sessions"], CultureInfo.InvariantCulture), int.Parse(row["times"], CultureInfo.InvariantCulture),
        fleet.ProfileNamed(row["what each does"])))]);

    /// <summary>Proves the overlap: so many of every hundred sessions.</summary>
    [Then(@"^at least (\d+) % of the sessions were in a transaction at the same moment$")]
    public void ThenOverlap(int percent) =>
        judge.Require(Concurrency.Check(measurements.Load, measurements.Load.Sessions * percent / 100));

    /// <summary>Committed or refused, as the profile says.</summary>
    [Then(@"^the engine has served (REPEATABLE READ|SERIALIZABLE) or refused it, as its profile says$")]
    public void ThenAsDeclared(string level) => judge.RequireServed(level);

    /// <summary>Every transaction committed.</summary>
    [Then(@"^every session has committed all its transactions$")]
    public void ThenComplete() => judge.RequireCompletion();
}

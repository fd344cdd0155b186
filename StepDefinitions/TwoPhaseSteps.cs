using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>Transactions that are prepared by one session and ended by another.</summary>
[Binding]
public sealed class TwoPhaseSteps(
    Judge judge,
    Measurements measurements,
    ScenarioDatabase database,
    Statements statements,
    FleetDriver fleet,
    ServerCrash crash,
    Requirements requires,
    PreparedCount count
)
{
    private PreparedWork Work => new(database.Name);

    /// <summary>Auditors need the schema first; they are opened when sessions start to work.</summary>
    [Given(@"^an auditor will compare every TVIEW with its defining query whenever sessions work$")]
    public void GivenAuditor() => fleet.AuditEveryLoad = true;

    [When(@"^each session (.*) and prepares its transaction$")]
    public async Task WhenPrepare(string what)
    {
        // The others belong to who writes meanwhile.
        requires.That(
            !what.StartsWith("renames", StringComparison.Ordinal) || fleet.Sessions.Count <= Schemas.Users - 20,
            $"there are users for {Schemas.Users - 20} sessions only"
        );
        requires.Promise("lets writers of different rows go on");
        count.Prepared = fleet.Sessions.Count;
        await fleet.RunAsync(Work.Prepare(fleet.ProfileNamed(what)), 1);
        judge.Require(new Completion().Check(measurements.Load));
    }

    /// <summary>By the scenario's own session.</summary>
    [When(@"^the statement ""(.*)"" is prepared$")]
    public Task WhenPrepared(string sql) =>
        statements.ExecuteAsync($"BEGIN; {sql}; PREPARE TRANSACTION '{Work.GidOf(1)}'");

    /// <summary>A crash, as of the whole machine.</summary>
    [When(@"^the server is killed and started again$")]
    public Task WhenKilled() => crash.CrashAsync();

    /// <summary>Concurrently, and never by the session that prepared.</summary>
    [When(@"^(half of them are committed and half rolled back|all of them are committed|all of them are rolled back), "
        + @"all at once, each by another session$")]
    public Task WhenEnded(string how) => EndAsync(how switch
    {
        "all of them are committed" => count.Prepared,
        "all of them are rolled back" => 0,
        _ => count.Prepared / 2,
    });

    private async Task EndAsync(int committed)
    {
        await fleet.OpenAsync(count.Prepared);
        await fleet.RunAsync(Work.End(count.Prepared, committed), 1);
        count.Committed = committed;
        judge.Require(new Completion().Check(measurements.Load));
    }
}

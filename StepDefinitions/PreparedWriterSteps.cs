using Specs.Support.Drivers;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>One session with a prepared transaction, and another one that meets it.</summary>
[Binding]
public sealed class PreparedWriterSteps(
    Judge judge,
    ScenarioDatabase database,
    Statements statements,
    FleetDriver fleet,
    Run run,
    PreparedCount count
)
{
    private Task<bool>? _waiting;

    private PreparedWork Work => new(database.Name);

    private Operation Second => fleet.Sessions[1].Operations[^1];

    /// <summary>Session 1 prepares one transaction.</summary>
    [When(@"^session 1 (.*) and prepares its transaction$")]
    public async Task WhenOne(string what)
    {
        var done = await fleet.Sessions[0].RunAsync(Work.Prepare(fleet.ProfileNamed(what)), 1, default);
        judge.Require("session 1 prepared its transaction", done, fleet.Sessions[0].Operations[^1]);
    }

    /// <summary>Session 2 starts; nobody waits for its end yet.</summary>
    [When(@"^session 2 begins to insert a post of user 1$")]
    public void WhenBegins() =>
        _waiting = Task.Run(() =>
            fleet.Sessions[1].RunAsync(fleet.ProfileNamed("inserts a post of user 1"), 1, default)
        );

    /// <summary>The same gid once more.</summary>
    [When(@"^session 2 does the same under the same gid$")]
    public Task WhenSameGid() =>
        fleet
            .Sessions[1]
            .RunAsync(Work.Prepare(fleet.ProfileNamed("inserts a row into tb_2pc_test"), Work.GidOf(1)), 1, default)
            .WaitAsync(run.Options.Timeout);

    /// <summary>By a third session: the scenario's own.</summary>
    [When(@"^the prepared transaction is committed$")]
    public async Task WhenCommitted()
    {
        await statements.ExecuteAsync($"COMMIT PREPARED '{Work.GidOf(1)}'");
        count.Committed = 1;
    }

    /// <summary>Blocked by the prepared transaction, not by anybody else.</summary>
    [Then(@"^session 2 waits for the prepared transaction$")]
    public async Task ThenWaits() =>
        judge.Require(
            "session 2 waits for the prepared transaction",
            await PreparedWork.WaitsAsync(database.Connection, 2, run.Options.Timeout),
            "no such wait: its refresh did not respect the prepared one's"
        );

    /// <summary>And now it goes on.</summary>
    [Then(@"^session 2 finishes$")]
    public async Task ThenFinishes()
    {
        await _waiting!.WaitAsync(run.Options.Timeout);
        judge.Require("session 2 finishes", Second.Outcome == Outcome.Ok, Second);
    }

    /// <summary>What it got instead.</summary>
    [Then(@"^session 2 fails with (\w{5})$")]
    public void ThenRefused(string sqlState) =>
        judge.Require($"session 2 fails with {sqlState}", Second.SqlState == sqlState, Second);
}

using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Model;

namespace Specs.StepDefinitions;

/// <summary>
/// Clients that take turns on the server connections of a PgBouncer, and what one finds of the other.
/// </summary>
[Binding]
public sealed class PoolingSteps(Judge judge, ScenarioDatabase database, Statements statements,
    PoolerDriver pooler, PooledClients clients)
{
    /// <summary>
    /// Puts PgBouncer between the server and all sessions and clients of the scenario; auditors stay direct.
    /// </summary>
    [Given(@"^PgBouncer with (.*) over (\d+) server connections?$")]
    public Task GivenPooler(string pooling, int connections) =>
        pooler.StartAsync(PooledClients.Pooling(pooling).Mode, PooledClients.Pooling(pooling).ResetAlways, connections);

    /// <summary>Makes the refresh of client A's rows fail.</summary>
    [Given(@"^tv_test refuses what client (\w+) writes$")]
    public Task GivenRefusal(string name) =>
        statements.ExecuteAsync($"ALTER TABLE tv_test ADD CHECK ({Tview.Data} <> 'by client {name}')");

    /// <summary>A transaction of one client, and how it goes on.</summary>
    [When(@"^client (\w+) changes the rows (\d+) to (\d+), then (.*)$")]
    public Task WhenChanges(string name, int first, int last, string then) =>
        clients.ChangeAsync(name, first, last, then);

    /// <summary>The second phase, by another client.</summary>
    [When(@"^client (\w+) (commits|rolls back) what client (\w+) has prepared$")]
    public Task WhenEndsPrepared(string name, string how, string other) =>
        clients.EndPreparedAsync(name, how == "commits", other);

    /// <summary>The proof without which the others prove nothing.</summary>
    [Then(@"^client (\w+) had the same server connection as client (\w+)$")]
    public void ThenSameConnection(string next, string first) =>
        judge.Require(PoolingProof.SameConnection(clients.VisitOf(first), clients.VisitOf(next)));

    /// <summary>The proof that the scenario is about what it says.</summary>
    [Then(@"^the session was (reset|not reset) between client (\w+) and client (\w+)$")]
    public void ThenReset(string how, string first, string next) =>
        judge.Require(PoolingProof.Reset(clients.VisitOf(first), clients.VisitOf(next), how == "reset"));

    /// <summary>Pool-safe, seen by the next client.</summary>
    [Then(@"^client (\w+) found its refresh queue empty after client (\w+)$")]
    public void ThenEmptyQueue(string next, string first) => clients.RequireEmptyQueue(first, next);

    /// <summary>Pool-safe, in what was written.</summary>
    [Then(@"^each client refreshed the rows that it changed and no others$")]
    public Task ThenOwnRows() => clients.RequireOwnRowsAsync();

    /// <summary>How it ended, by the server's account.</summary>
    [Then(@"^client (\w+)'s transaction was (committed|aborted)$")]
    public async Task ThenEnded(string name, string status) =>
        judge.Require(await PoolingProof.EndedAsync(database.Connection, clients.VisitOf(name), status));

    /// <summary>PgBouncer gives away no server connection with an open transaction: it closes it.</summary>
    [Then(@"^the server ended the process of client (\w+), and client (\w+) had a new one$")]
    public async Task ThenNewProcess(string first, string next)
    {
        judge.Require(await PoolingProof.ProcessEndsAsync(database.Connection, clients.VisitOf(first)));
        judge.Require($"client {next} had another server connection than client {first}",
            clients.VisitOf(next).Server != clients.VisitOf(first).Server, clients.VisitOf(next).Server);
    }

    /// <summary>What everybody sees.</summary>
    [Then(@"^tv_test shows (what|nothing of what) client (\w+) wrote$")]
    public async Task ThenShown(string how, string name)
    {
        await judge.CatchUpAsync();
        judge.Require(await PoolingProof.ShownAsync(database.Connection, clients.VisitOf(name), how == "what"));
    }
}

using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Model;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>What can be seen of prepared transactions, before and after their end.</summary>
[Binding]
public sealed class PreparedRowSteps(
    Judge judge,
    Requirements requires,
    ScenarioDatabase database,
    SchemaDriver schema,
    PreparedCount count,
    Run run
)
{
    private string KeysSql
    {
        get
        {
            requires.Promise("tells which rows a prepared transaction holds");
            return run.Engine.PreparedKeys!;
        }
    }

    /// <summary>Neither in the base table nor in the TVIEW.</summary>
    [Then(@"^nothing of the prepared transactions can be seen$")]
    public async Task ThenInvisible() =>
        judge.Require([
            Atomicity.Check("nothing of the prepared transactions can be seen", [], await VisibleAsync()),
            await judge.CheckAsync<Equivalence>(),
        ]);

    /// <summary>Each of them, with so many keys.</summary>
    [Then(@"^the persisted queue lists (\d+) refresh keys? for each prepared transaction$")]
    public async Task ThenListed(int keys) =>
        judge.Require(
            Atomicity.Check(
                "the persisted queue lists the keys of each prepared transaction",
                Enumerable.Range(1, count.Prepared).Select(n => KeysOf(new PreparedWork(database.Name).GidOf(n), keys)),
                await PersistedAsync()
            )
        );

    /// <summary>All rows, or those of some keys, as the operator's view shows them.</summary>
    [Then(@"^the prepared transaction holds (?:the )?(all rows|rows [\d, ]+) of (tv_\w+)$")]
    public async Task ThenHolds(string rows, string tview)
    {
        var held = await PreparedWork.HeldAsync(database.Connection, KeysSql, tview);
        judge.Require(
            CheckResult.From(
                $"the prepared transaction holds {rows} of {tview}",
                held == rows ? [] : [$"it holds {held ?? "no rows"}"]
            )
        );
    }

    /// <summary>None.</summary>
    [Then(@"^the persisted queue is empty$")]
    public async Task ThenEmpty() =>
        judge.Require(Atomicity.Check("the persisted queue is empty", [], await PersistedAsync()));

    /// <summary>Those and no others, row by row.</summary>
    [Then(@"^exactly the rows of the committed transactions are in tv_2pc_test$")]
    public async Task ThenRows() =>
        judge.Require(
            Atomicity.Check(
                "exactly the rows of the committed transactions are there",
                Enumerable.Range(1, count.Committed).Select(n => Text("2pc-transaction-", n)),
                await VisibleAsync()
            )
        );

    /// <summary>Ten posts each, and no others.</summary>
    [Then(@"^exactly the posts of the users whose renaming was committed show their new names$")]
    public async Task ThenNames() =>
        judge.Require(
            Atomicity.Check(
                "exactly the committed names are there",
                Enumerable.Range(1, count.Committed).SelectMany(n => Enumerable.Repeat(Text("Updated ", n), 10)),
                await VisibleAsync()
            )
        );

    private async Task<List<string>> VisibleAsync()
    {
        await judge.CatchUpAsync();
        return await PreparedWork.TextsAsync(
            database.Connection,
            schema.Current.Tviews[0].Name == "tv_post"
                ? "SELECT author_name FROM tv_post WHERE author_name LIKE 'Updated %'"
                : $"SELECT {Tview.Data} FROM {schema.Current.Tviews[0].Name}"
        );
    }

    private async Task<IEnumerable<string>> PersistedAsync()
    {
        return (await PreparedWork.PersistedAsync(database.Connection, KeysSql)).Select(p => KeysOf(p.Key, p.Value));
    }

    private static string KeysOf(string gid, int keys) => Text($"{gid} with refresh keys: ", keys);

    private static string Text(string before, int number) => before + number.ToString(CultureInfo.InvariantCulture);
}

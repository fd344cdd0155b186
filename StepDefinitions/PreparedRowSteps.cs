using System.Globalization;
using Shouldly;
using Specs.Support.Hooks;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>What can be seen of prepared transactions, before and after their end.</summary>
[Binding]
public sealed class PreparedRowSteps(World world, PreparedCount count)
{
    /// <summary>Neither in the base table nor in the TVIEW.</summary>
    [Then(@"^nothing of the prepared transactions can be seen$")]
    public async Task ThenInvisible()
    {
        await world.RequireEquivalenceAsync();
        (await VisibleAsync()).ShouldBeEmpty();
    }

    /// <summary>Each of them, with so many keys.</summary>
    [Then(@"^the persisted queue lists (\d+) refresh keys? for each prepared transaction$")]
    public async Task ThenListed(int keys) => (await PreparedWork.PersistedAsync(world.Connection)).ShouldBe(
        Enumerable.Range(1, count.Prepared).ToDictionary(n => new PreparedWork(world.Database).GidOf(n), _ => keys), ignoreOrder: true);

    /// <summary>All rows, or those of some keys, as the operator's view shows them.</summary>
    [Then(@"^the prepared transaction holds (?:the )?(all rows|rows [\d, ]+) of (tv_\w+)$")]
    public async Task ThenHolds(string rows, string tview) => (await PreparedWork.HeldAsync(world.Connection, tview)).ShouldBe(rows);

    /// <summary>None.</summary>
    [Then(@"^the persisted queue is empty$")]
    public async Task ThenEmpty() => (await PreparedWork.PersistedAsync(world.Connection)).ShouldBeEmpty();

    /// <summary>Those and no others, row by row.</summary>
    [Then(@"^exactly the rows of the committed transactions are in tv_2pc_test$")]
    public async Task ThenRows() => (await VisibleAsync()).ShouldBe(
        Enumerable.Range(1, count.Committed).Select(n => "2pc-transaction-" + n.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));

    /// <summary>Ten posts each, and no others.</summary>
    [Then(@"^exactly the posts of the users whose renaming was committed show their new names$")]
    public async Task ThenNames() => (await VisibleAsync()).ShouldBe(
        Enumerable.Range(1, count.Committed).SelectMany(n => Enumerable.Repeat("Updated " + n.ToString(CultureInfo.InvariantCulture), 10)).Order(StringComparer.Ordinal));

    private Task<List<string>> VisibleAsync() => PreparedWork.TextsAsync(world.Connection, world.Schema.Tviews[0].Name == "tv_post"
        ? "SELECT author_name FROM tv_post WHERE author_name LIKE 'Updated %'"
        : "SELECT data FROM tv_2pc_test");
}

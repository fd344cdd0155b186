using System.Globalization;
using Specs.Support.Bench;
using Specs.Support.Configuration;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Bench;

/// <summary>How cost grows, and how far it goes.</summary>
[Binding]
public sealed class GrowthSteps(
    Judge judge,
    SchemaDriver schema,
    PoolerDriver pooler,
    Support.Drivers.BenchDriver bench
)
{
    /// <summary>Tables that differ in one thing.</summary>
    [Given(@"^tables with no, 1, 2, 4 and 8 TVIEWs, and with 1 to 4 levels of them$")]
    public Task GivenGrowing() => schema.CreateAsync(BenchSchemas.TviewsAndLevels);

    /// <summary>The same tables twice.</summary>
    [Given(@"^a table with its TVIEW, users and posts with theirs, and the same tables without$")]
    public Task GivenBesidePlain() => schema.CreateAsync(BenchSchemas.BesidePlainTables);

    /// <summary>Tables that differ in their size.</summary>
    [Given(@"^tables of a thousand to a million rows, each with its TVIEW$")]
    public Task GivenMoreRows() => schema.CreateAsync(BenchSchemas.MoreRows);

    /// <summary>A table of a given size.</summary>
    [Given(@"^a base table of (\d+) rows and its TVIEW$")]
    public Task GivenRows(int rows) => schema.CreateAsync(BenchSchemas.Rows(rows));

    /// <summary>A transaction that owes refreshes, and does not end before the scenario.</summary>
    [Given(@"^another transaction has queued (\d+) other rows$")]
    public Task GivenQueued(int rows) => bench.QueueAsync(rows);

    /// <summary>A pooler for more clients than features usually have.</summary>
    [Given(@"^PgBouncer with transaction pooling over (\d+) server connections for (\d+) clients$")]
    public Task GivenPooler(int connections, int clients) =>
        pooler.StartAsync(PoolMode.Transaction, false, connections, clients);

    /// <summary>The lines of the table, in turns; all is compared with the first line.</summary>
    [When(@"^in (\d+) turns$")]
    public Task WhenInTurns(int turns, DataTable table) =>
        bench.GrowAsync(
            turns,
            [
                .. table.Rows.Select(row =>
                    (
                        row["by"],
                        int.Parse(row["sessions"], CultureInfo.InvariantCulture),
                        int.Parse(row["times"], CultureInfo.InvariantCulture),
                        row["what each does"]
                    )
                ),
            ]
        );

    /// <summary>What must not grow, or not by more.</summary>
    [Then(@"^""(.*)"" is at least ([\d.]+) times as fast as the first line$")]
    public void ThenNotSlower(string by, string least) =>
        judge.Require(bench.CheckGrowth(by, double.Parse(least, CultureInfo.InvariantCulture)));
}

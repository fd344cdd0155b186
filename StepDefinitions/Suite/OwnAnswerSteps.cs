using System.Globalization;
using Shouldly;
using Specs.Support.Reports;
using Specs.Support.Workloads.OwnTables;

namespace Specs.StepDefinitions.Suite;

/// <summary>What the page answers to who has given tables of his own, with figures that were made by hand.</summary>
[Binding]
public sealed class OwnAnswerSteps(HandmadePage page)
{
    private OwnAnswer _answer = new("tables", [], 0, []);

    /// <summary>All that was seen of each.</summary>
    [Given(@"^a run over his tables that showed this of his TVIEWs$")]
    public void GivenTviews(DataTable table) => Take(_answer with { Tviews = [.. table.Rows.Select(Tview)] });

    /// <summary>A row for each kind.</summary>
    [Given(@"^these costs of statements under them$")]
    public void GivenCosts(DataTable table) => Take(_answer with
    {
        Costs = [.. table.Rows.Select(r => new StatementCost(r["statement"], 20, Figure(r["times as long"]),
            Figure(r["WAL bytes without"]), Figure(r["WAL bytes with"])))],
    });

    [Given(@"^that no statement wrote the column ""(.*)"" of (\d+) columns$")]
    public void GivenNever(string column, int columns) => Take(_answer with { Columns = columns, Never = [column] });

    [Given(@"^that sessions waited in (\d+) of the permutations, in (\d+) of them perhaps without need$")]
    public void GivenWaits(int waited, int apart) => Take(_answer with
    {
        Waits = new(_answer.Tviews.Max(t => t.Permutations), waited, waited, apart),
    });

    /// <summary>Below the verdict, before all that is of the features.</summary>
    [Then(@"^the first section of the page is ""(.*)""$")]
    public async Task ThenFirst(string title) =>
        (await page.Browser.AskAsync<string>("document.querySelector('main h2').textContent")).ShouldBe(title);

    /// <summary>From the folder of the run.</summary>
    [Then(@"^the page links to the script ""(.*)""$")]
    public async Task ThenLinks(string path) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))")).ShouldContain(path);

    /// <summary>The rows that the page shows are in it as well.</summary>
    [Then("^the page as Markdown says the same of them$")]
    public async Task ThenMarkdown()
    {
        var text = YourTviews.Markdown(_answer);
        foreach (var row in await page.Browser.AskAsync<string[]>("[...document.querySelectorAll('#your-tviews tr')]"
            + ".map(r => '| ' + [...r.cells].map(c => c.textContent).join(' | ') + ' |')"))
        {
            text.ShouldContain(row);
        }

        text.ShouldContain("[race.sql](failed/your%20tables/races/race.sql)");
    }

    private void Take(OwnAnswer answer) => page.AddOwn(_answer = answer);

    private static TviewAnswer Tview(DataTableRow row) => new(row["TVIEW"])
    {
        Permutations = (long)Figure(row["permutations"]),
        Transactions = (long)Figure(row["transactions"]),
        Snapshots = (long)Figure(row["snapshots"]),
        Largest = row["largest fan-out"] == "0" ? null
            : new((int)Figure(row["largest fan-out"]), "updates a row of stock"),
        Finding = row["finding"].Length == 0 ? null
            : new(row["finding"], Path.Combine("failed", "your tables", "races")),
    };

    private static double Figure(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

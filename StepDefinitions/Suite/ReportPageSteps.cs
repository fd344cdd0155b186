using Shouldly;
using Specs.Support.Contracts;

namespace Specs.StepDefinitions.Suite;

/// <summary>The page of a run, looked at in a browser.</summary>
[Binding]
public sealed class ReportPageSteps(HandmadePage page)
{
    /// <summary>What the scenarios' ends were; an empty outcome is one that did not run.</summary>
    [Given(@"^the page of a feature with these results$")]
    public void GivenResults(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            page.Add(
                row["scenario"],
                row["tags"].Split(' '),
                row["outcome"],
                row["steps"].Split(", ", StringSplitOptions.RemoveEmptyEntries)
            );
        }
    }

    /// <summary>Rows side by side.</summary>
    [Given(@"^the failure came with these differing rows$")]
    public void GivenDifference(DataTable table) =>
        page.AddDifference(
            new EvidenceTable(
                "tv_post: the rows that differ",
                [.. table.Header],
                [.. table.Rows.Select(r => r.Values.ToArray())]
            )
        );

    /// <summary>As the server's log tells it.</summary>
    [Given(@"^a deadlock of the server processes (\d+) and (\d+)$")]
    public void GivenDeadlock(string one, string other) => page.AddFinding($"""
        log: ERROR:  deadlock detected
            DETAIL:  Process {one} waits for ShareLock on transaction 7; blocked by process {other}.
            Process {other} waits for ShareLock on transaction 8; blocked by process {one}.
            Process {one}: UPDATE tb_user SET name = 'x'
            Process {other}: UPDATE tb_post SET title = 'y'
        """);

    /// <summary>In Chromium.</summary>
    [Given(@"^the page is open in a browser(| without scripts)$")]
    public Task GivenOpen(string without) => page.OpenAsync(without.Length == 0);

    /// <summary>Neither messages nor errors.</summary>
    [Then(@"^the browser's console is empty$")]
    public void ThenQuiet() => page.Browser.Console.ShouldBeEmpty();

    /// <summary>The page itself comes from a file.</summary>
    [Then(@"^nothing was asked of a network$")]
    public void ThenOffline() => page.Browser.Requests.ShouldAllBe(address => address.StartsWith("file:"));

    /// <summary>Anywhere.</summary>
    [Then(@"^the page says ""(.*)""$")]
    public async Task ThenSays(string text) =>
        (await page.Browser.AskAsync<string>("document.body.textContent")).ShouldContain(text);

    /// <summary>Open is what a reader needs to see at once.</summary>
    [Then(@"^the failed scenario is open, the others are closed$")]
    public async Task ThenOpen() =>
        (
            await page.Browser.AskAsync<string[]>(
                "[...document.querySelectorAll('.scenario > details[open]')].map(d => d.parentElement.dataset.outcome)"
            )
        ).ShouldBe(["failed"]);

    /// <summary>By its place.</summary>
    [Then(@"^the third step of ""(.*)"" is marked as failed$")]
    public async Task ThenFailedStep(string name) => (await page.Browser.AskAsync<string[]>(
        $"[...document.querySelectorAll('.scenario')].filter(s => "
            + $"s.querySelector('h4').textContent.endsWith('{name}')).flatMap(s => "
            + "[...s.querySelectorAll('.step')].map(l => l.className))"))
        .ShouldBe(["step passed", "step passed", "step failed"]);

    /// <summary>The cells of one row, in a table that can be seen.</summary>
    [Then(@"^the page shows the row ""(.*)""$")]
    public async Task ThenRow(string cells) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('tr')].filter(r => r.checkVisibility()).map(r => [...r.cells].map(c => "
            + "c.textContent).join(' | '))")).ShouldContain(cells);

    /// <summary>By its title.</summary>
    [Then(@"^the page shows the picture ""(.*)""$")]
    public async Task ThenPicture(string title) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).map(s => "
            + "s.querySelector('title').textContent)")).ShouldContain(title);

    /// <summary>Beside the picture itself.</summary>
    [Then(@"^the numbers of the picture ""(.*)"" are in a table$")]
    public async Task ThenNumbers(string title) => (await page.Browser.AskAsync<int>(
        $"[...document.querySelectorAll('figure')].filter(f => f.querySelector('title').textContent === "
            + $"'{title}').flatMap(f => [...f.querySelectorAll('tbody tr')]).length")).ShouldBe(20);

    /// <summary>Ends the browser.</summary>
    [AfterScenario]
    public async Task EndAsync() => await page.DisposeAsync();
}

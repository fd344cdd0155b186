using Shouldly;
using Specs.Support.Checks;

namespace Specs.StepDefinitions.Suite;

/// <summary>The page of a run, looked at in a browser.</summary>
[Binding]
public sealed class ReportPageSteps(HandmadePage page)
{
    private const string Shown = "[...document.querySelectorAll('.scenario')].filter(s => s.checkVisibility()).map(s => s.querySelector('h4').textContent.slice(2))";

    /// <summary>What the scenarios' ends were; an empty outcome is one that did not run.</summary>
    [Given(@"^the page of a feature with these results$")]
    public void GivenResults(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            page.Add(row["scenario"], row["tag"], row["outcome"], row["steps"].Split(", ", StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>Rows side by side.</summary>
    [Given(@"^the failure came with these differing rows$")]
    public void GivenDifference(DataTable table) =>
        page.AddDifference(new EvidenceTable("tv_post: the rows that differ", [.. table.Header], [.. table.Rows.Select(r => r.Values.ToArray())]));

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
    public async Task ThenSays(string text) => (await page.Browser.AskAsync<string>("document.body.textContent")).ShouldContain(text);

    /// <summary>Types words.</summary>
    [When(@"^somebody searches for ""(.*)""$")]
    public Task WhenSearch(string words) => SetAsync("words", words);

    /// <summary>Chooses a tag.</summary>
    [When(@"^somebody chooses the tag (.*)$")]
    public Task WhenTag(string tag) => SetAsync("tag", tag);

    /// <summary>Ticks a box.</summary>
    [When(@"^somebody asks for the outcome ""(.*)"" as well$")]
    public Task WhenOutcome(string outcome) => page.Browser.AskAsync<bool>($"document.querySelector('[name=outcome][value=\"{outcome}\"]').click(), true");

    /// <summary>In the order of the feature.</summary>
    [Then(@"^these scenarios are shown: (.*)$")]
    public async Task ThenShown(string names) => (await page.Browser.AskAsync<string[]>(Shown)).ShouldBe(names.Split(", "), ignoreOrder: true);

    /// <summary>Not one.</summary>
    [Then(@"^no scenario is shown$")]
    public async Task ThenNothing() => (await page.Browser.AskAsync<string[]>(Shown)).ShouldBeEmpty();

    /// <summary>Open is what a reader needs to see at once.</summary>
    [Then(@"^the failed scenario is open, the others are closed$")]
    public async Task ThenOpen() => (await page.Browser.AskAsync<string[]>("[...document.querySelectorAll('.scenario > details[open]')].map(d => d.parentElement.dataset.outcome)")).ShouldBe(["failed"]);

    /// <summary>By its place.</summary>
    [Then(@"^the third step of ""(.*)"" is marked as failed$")]
    public async Task ThenFailedStep(string name) => (await page.Browser.AskAsync<string[]>(
        $"[...document.querySelectorAll('.scenario')].filter(s => s.querySelector('h4').textContent.endsWith('{name}')).flatMap(s => [...s.querySelectorAll('.step')].map(l => l.className))"))
        .ShouldBe(["step passed", "step passed", "step failed"]);

    /// <summary>The cells of one row, in a table that can be seen.</summary>
    [Then(@"^the page shows the row ""(.*)""$")]
    public async Task ThenRow(string cells) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('tr')].filter(r => r.checkVisibility()).map(r => [...r.cells].map(c => c.textContent).join(' | '))")).ShouldContain(cells);

    /// <summary>By its title.</summary>
    [Then(@"^the page shows the picture ""(.*)""$")]
    public async Task ThenPicture(string title) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).map(s => s.querySelector('title').textContent)")).ShouldContain(title);

    /// <summary>For screen readers.</summary>
    [Then(@"^every picture has a title and a description$")]
    public Task ThenTitles() => NoneAsync("[...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') !== 'img' || s.getAttribute('aria-labelledby').split(' ').some(i => !document.getElementById(i)?.textContent))", "svg");

    /// <summary>For screen readers.</summary>
    [Then(@"^every table has a caption$")]
    public Task ThenCaptions() => NoneAsync("[...document.querySelectorAll('table')].filter(t => !t.caption?.textContent)", "table");

    /// <summary>For screen readers.</summary>
    [Then(@"^no heading skips a level$")]
    public Task ThenHeadings() => NoneAsync("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h, i, all) => h.tagName[1] - (i === 0 ? 0 : all[i - 1].tagName[1]) > 1)", "h1");

    /// <summary>For screen readers.</summary>
    [Then(@"^every control has a label$")]
    public Task ThenLabels() => NoneAsync("[...document.querySelectorAll('input, select')].filter(c => !c.closest('label')?.textContent)", "input");

    /// <summary>Beside the picture itself.</summary>
    [Then(@"^the numbers of the picture ""(.*)"" are in a table$")]
    public async Task ThenNumbers(string title) => (await page.Browser.AskAsync<int>(
        $"[...document.querySelectorAll('figure')].filter(f => f.querySelector('title').textContent === '{title}').flatMap(f => [...f.querySelectorAll('tbody tr')]).length")).ShouldBe(20);

    /// <summary>It could do nothing.</summary>
    [Then(@"^the filter is not there$")]
    public async Task ThenNoFilter() => (await page.Browser.AskAsync<bool>("document.getElementById('filter').checkVisibility()")).ShouldBeFalse();

    /// <summary>Ends the browser.</summary>
    [AfterScenario]
    public async Task EndAsync() => await page.DisposeAsync();

    // A page without any of them would have none that is wrong.
    private async Task NoneAsync(string wrong, string any)
    {
        (await page.Browser.AskAsync<int>($"document.querySelectorAll('{any}').length")).ShouldBeGreaterThan(0);
        (await page.Browser.AskAsync<string[]>($"{wrong}.map(e => e.outerHTML.slice(0, 200))")).ShouldBeEmpty();
    }

    private Task<bool> SetAsync(string control, string value) => page.Browser.AskAsync<bool>(
        $"(c => {{ c.value = '{value}'; return c.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.getElementById('{control}'))");
}

using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Drivers;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>Runs of several engines, side by side, looked at in a browser.</summary>
[Binding]
public sealed class EngineMatrixSteps(HandmadeRuns runs, CommandLine specs, Requirements requires, Run run)
{
    private Chromium? _browser;

    private Chromium Browser => _browser ?? throw new InvalidOperationException($"There is no page: {specs.Said}");

    /// <summary>What it would have left behind.</summary>
    [Given(@"^a run of ""(.*)"" with these results$")]
    public void GivenRun(string engine, DataTable table)
    {
        runs.Begin(engine);
        foreach (var r in table.Rows)
        {
            runs.Add(new(r["feature"], r["scenario"]), r["outcome"], r["reason"], r["permutations"]);
        }
    }

    /// <summary>In the last of the runs.</summary>
    [Given(@"^the failed race has the script ""(.*)""$")]
    public void GivenScript(string script) => runs.AddScript(script);

    /// <summary>As a user does; a browser opens the page.</summary>
    [When(@"^'./specs merge' joins the runs$")]
    public async Task WhenMerged()
    {
        requires.Browser();
        await specs.TypeAsync($"merge {string.Join(' ', runs.Of(null))}");
        _browser = await Chromium.OpenAsync(specs.LeftBehind(EngineMatrix.PageName), true, run.NewFolder("profile"));
    }

    /// <summary>Shards.</summary>
    [When(@"^'./specs merge' joins the runs of ""(.*)""$")]
    public Task WhenMerged(string engine) => specs.TypeAsync($"merge {string.Join(' ', runs.Of(engine))}");

    /// <summary>Of each cell what it says first.</summary>
    [Then(@"^the matrix has these rows$")]
    public async Task ThenRows(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            (await Browser.AskAsync<string[]>("[...document.querySelectorAll('section')].filter(s => "
                + $"s.querySelector('h2').textContent === '{row["table"]}').flatMap(s => [...s.querySelectorAll('tr')])"
                + ".map(r => [...r.cells].slice(-3).map(c => c.firstChild?.textContent).join(' | '))"))
                .ShouldContain(string.Join(" | ", row.Values.Skip(1)));
        }
    }

    /// <summary>The reasons.</summary>
    [Then(@"^the cell ""(.*)"" says ""(.*)""$")]
    public async Task ThenCell(string cell, string reason) =>
        (await Browser.AskAsync<string[]>($"[...document.querySelectorAll('.engines td')].filter(c => "
            + $"c.firstChild?.textContent === '{cell}').flatMap(c => [...c.querySelectorAll('li')])"
            + ".map(l => l.textContent)"))
        .ShouldContain(reason);

    /// <summary>As a phone shows it.</summary>
    [Then(@"^the page is not wider than (\d+) pixels, and asks nothing of a network$")]
    public async Task ThenFits(int pixels)
    {
        await Browser.ResizeAsync(pixels);
        (await Browser.AskAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(pixels);
        Browser.Requests.ShouldAllBe(address => address.StartsWith("file:"));
        Browser.Console.ShouldBeEmpty();
    }

    /// <summary>Of the races.</summary>
    [When(@"^the cell ""(.*)"" is clicked$")]
    public Task WhenClicked(string cell) => Browser.AskAsync<object>(
        $"[...document.querySelectorAll('.engines td a')].find(a => a.textContent === '{cell}').click()");

    /// <summary>What was closed is open now.</summary>
    [Then(@"^the evidence that is shown holds ""(.*)""$")]
    public async Task ThenEvidence(string text) => (await Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('.evidence pre')].filter(p => p.checkVisibility()).map(p => p.textContent)"))
        .ShouldContain(text);

    /// <summary>Beside it in its folder.</summary>
    [Then(@"^engine-matrix.md links ""(.*)"" to a file that holds ""(.*)""$")]
    public void ThenLinks(string cell, string text)
    {
        var page = specs.LeftBehind(EngineMatrix.MarkdownName);
        var address = Regex.Match(File.ReadAllText(page), $@"\[{cell}\]\((.*?)\)").Groups[1].Value;
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(page)!, address)).ShouldContain(text);
    }

    /// <summary>A soak.</summary>
    [Then(@"^there is no matrix, and the report says ""(.*)""$")]
    public void ThenNone(string words)
    {
        File.Exists(specs.LeftBehind(EngineMatrix.PageName)).ShouldBeFalse();
        specs.Said.ShouldContain(words);
    }

    /// <summary>Ends the browser.</summary>
    [AfterScenario]
    public async Task EndAsync() => await (_browser?.DisposeAsync() ?? default);
}

using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Drivers;
using Specs.Support.Reports;

namespace Specs.StepDefinitions.Suite;

/// <summary>The engines side by side, looked at in a browser.</summary>
[Binding]
public sealed class EngineMatrixSteps(HandmadeMatrix matrix, CommandLine specs)
{
    /// <summary>Of each cell what it says first.</summary>
    [Then(@"^the matrix has these rows$")]
    public async Task ThenRows(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            (await matrix.RowsAsync(row["table"])).ShouldContain(string.Join(" | ", row.Values.Skip(1)));
        }
    }

    /// <summary>Each text once.</summary>
    [Then(@"^only the cells ""(.*)"" are red$")]
    public async Task ThenRed(string cells) =>
        (await matrix.CellsAsync("c.className === 'bad'", "[c.firstChild]")).ShouldBe(cells.Split("; "), true);

    /// <summary>The reasons.</summary>
    [Then(@"^the cell ""(.*)"" says ""(.*)""$")]
    public async Task ThenCell(string cell, string reason) =>
        (await matrix.CellsAsync($"c.firstChild?.textContent === '{cell}'", "[...c.querySelectorAll('li')]"))
        .ShouldContain(reason);

    /// <summary>As a phone shows it.</summary>
    [Then(@"^the page is not wider than (\d+) pixels, and asks nothing of a network$")]
    public async Task ThenFits(int pixels)
    {
        await matrix.Browser.ResizeAsync(pixels);
        (await matrix.Browser.AskAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(pixels);
        matrix.Browser.Requests.ShouldAllBe(address => address.StartsWith("file:"));
        matrix.Browser.Console.ShouldBeEmpty();
    }

    /// <summary>The first with that text.</summary>
    [When(@"^the cell ""(.*)"" is clicked$")]
    public Task WhenClicked(string cell) => matrix.Browser.AskAsync<object>(
        $"[...document.querySelectorAll('.engines td a')].find(a => a.textContent === '{cell}').click()");

    /// <summary>What was closed is open now.</summary>
    [Then(@"^the evidence that is shown holds ""(.*)""$")]
    public async Task ThenEvidence(string text) => (await matrix.Browser.AskAsync<string[]>(
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

    /// <summary>Ends the browser.</summary>
    [AfterScenario]
    public async Task EndAsync() => await matrix.DisposeAsync();
}

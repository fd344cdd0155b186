using Specs.Support.Drivers;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The matrix that './specs merge' makes of runs by hand, and the browser that looks at it.</summary>
public sealed class HandmadeMatrix(HandmadeRuns runs, CommandLine specs, Requirements requires, Run run)
    : IAsyncDisposable
{
    private Chromium? _browser;

    /// <summary>The browser.</summary>
    public Chromium Browser => _browser ?? throw new InvalidOperationException($"There is no page: {specs.Said}");

    /// <summary>Joins all runs, and opens the page.</summary>
    public async Task OpenAsync()
    {
        requires.Browser();
        await specs.TypeAsync($"merge {string.Join(' ', runs.Of(null))}");
        _browser = await Chromium.OpenAsync(specs.LeftBehind(EngineMatrix.PageName), true, run.NewFolder("profile"));
    }

    /// <summary>What each cell of the rows of one table says first: the name of the row and the two engines.</summary>
    /// <param name="table">Its heading.</param>
    public Task<string[]> RowsAsync(string table) =>
        Browser.AskAsync<string[]>(
            "[...document.querySelectorAll('section')].filter(s => "
                + $"s.querySelector('h2').textContent === '{table}').flatMap(s => [...s.querySelectorAll('tr')])"
                + ".map(r => [...r.cells].slice(-3).map(c => c.firstChild?.textContent).join(' | '))"
        );

    /// <summary>Something about each cell of some kind, each text once.</summary>
    /// <param name="kind">A condition on the cell c.</param>
    /// <param name="what">What of it, as a list of elements.</param>
    public Task<string[]> CellsAsync(string kind, string what) =>
        Browser.AskAsync<string[]>(
            $"[...new Set([...document.querySelectorAll('.engines td')].filter(c => {kind})"
                + $".flatMap(c => {what}).map(e => e.textContent))]"
        );

    /// <summary>Ends the browser.</summary>
    public ValueTask DisposeAsync() => _browser?.DisposeAsync() ?? default;
}

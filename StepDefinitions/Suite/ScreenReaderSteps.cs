using Shouldly;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a screen reader needs of the page.</summary>
[Binding]
public sealed class ScreenReaderSteps(HandmadePage page)
{
    /// <summary>For screen readers.</summary>
    [Then(@"^every picture has a title and a description$")]
    public Task ThenTitles() => NoneAsync("[...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') "
        + "!== 'img' || s.getAttribute('aria-labelledby').split(' ').some(i => "
        + "!document.getElementById(i)?.textContent))", "svg");

    /// <summary>For screen readers.</summary>
    [Then(@"^every table has a caption$")]
    public Task ThenCaptions() =>
        NoneAsync("[...document.querySelectorAll('table')].filter(t => !t.caption?.textContent)", "table");

    /// <summary>For screen readers.</summary>
    [Then(@"^no heading skips a level$")]
    public Task ThenHeadings() => NoneAsync("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h, i, "
        + "all) => h.tagName[1] - (i === 0 ? 0 : all[i - 1].tagName[1]) > 1)", "h1");

    /// <summary>For screen readers.</summary>
    [Then(@"^every control has a label$")]
    public Task ThenLabels() =>
        NoneAsync(
            "[...document.querySelectorAll('input, select')].filter(c => !c.closest('label')?.textContent)",
            "input"
        );

    // A page without any of them would have none that is wrong.
    private async Task NoneAsync(string wrong, string any)
    {
        (await page.Browser.AskAsync<int>($"document.querySelectorAll('{any}').length")).ShouldBeGreaterThan(0);
        (await page.Browser.AskAsync<string[]>($"{wrong}.map(e => e.outerHTML.slice(0, 200))")).ShouldBeEmpty();
    }
}

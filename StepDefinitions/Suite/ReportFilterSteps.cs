using Shouldly;

namespace Specs.StepDefinitions.Suite;

/// <summary>The filter of the page, used in a browser.</summary>
[Binding]
public sealed class ReportFilterSteps(HandmadePage page)
{
    private const string Shown = "[...document.querySelectorAll('.scenario')].filter(s => s.checkVisibility()).map(s "
        + "=> s.querySelector('h4').textContent.slice(2))";

    /// <summary>Types words.</summary>
    [When(@"^somebody searches for ""(.*)""$")]
    public Task WhenSearch(string words) => SetAsync("words", words);

    /// <summary>Chooses a tag.</summary>
    [When(@"^somebody chooses the tag (.*)$")]
    public Task WhenTag(string tag) => SetAsync("tag", tag);

    /// <summary>Ticks a box.</summary>
    [When(@"^somebody asks for the outcome ""(.*)"" as well$")]
    public Task WhenOutcome(string outcome) =>
        page.Browser.AskAsync<bool>($"document.querySelector('[name=outcome][value=\"{outcome}\"]').click(), true");

    /// <summary>In the order of the feature.</summary>
    [Then(@"^these scenarios are shown: (.*)$")]
    public async Task ThenShown(string names) =>
        (await page.Browser.AskAsync<string[]>(Shown)).ShouldBe(names.Split(", "), ignoreOrder: true);

    /// <summary>Not one.</summary>
    [Then(@"^no scenario is shown$")]
    public async Task ThenNothing() => (await page.Browser.AskAsync<string[]>(Shown)).ShouldBeEmpty();

    /// <summary>It could do nothing.</summary>
    [Then(@"^the filter is not there$")]
    public async Task ThenNoFilter() =>
        (await page.Browser.AskAsync<bool>("document.getElementById('filter').checkVisibility()")).ShouldBeFalse();

    private Task<bool> SetAsync(string control, string value) => page.Browser.AskAsync<bool>(
        $"(c => {{ c.value = '{value}'; return c.dispatchEvent(new Event('input', {{ bubbles: true }})); "
            + $"}})(document.getElementById('{control}'))");
}

using Shouldly;

namespace Specs.StepDefinitions.Suite;

/// <summary>What the first screen of the page says.</summary>
[Binding]
public sealed class ReportOverviewSteps(HandmadePage page)
{
    /// <summary>A column for each.</summary>
    [Then(@"^these contracts are shown for ""(.*)""$")]
    public async Task ThenContracts(string feature, DataTable table)
    {
        foreach (var row in table.Rows)
        {
            (await page.Browser.AskAsync<string>($$"""
                (t => [...t.rows].find(r => r.cells[0].textContent === '{{feature}}')
                    .cells[[...t.rows[0].cells].findIndex(c => c.textContent === '{{row["contract"]}}')]
                    .querySelector('.word').textContent)(document.querySelector('#contracts table'))
                """)).ShouldBe(row["is"], row["contract"]);
        }
    }

    /// <summary>On its card.</summary>
    [Then(@"^the scenario of the plan is shown with ""(.*)""$")]
    public async Task ThenPlan(string figures) => (await page.Browser.AskAsync<string[]>(
        "[...document.querySelectorAll('#plan dt')].map(d => d.textContent + ' ' + d.nextElementSibling.textContent)"))
        .ShouldBe(figures.Split(", "));

    /// <summary>As a phone is.</summary>
    [When(@"^the window is (\d+) pixels wide$")]
    public Task WhenWide(int pixels) => page.Browser.ResizeAsync(pixels);

    /// <summary>Tables scroll by themselves.</summary>
    [Then(@"^the page is not wider than the window$")]
    public async Task ThenFits() =>
        (
            await page.Browser.AskAsync<int>("document.documentElement.scrollWidth - window.innerWidth")
        ).ShouldBeLessThanOrEqualTo(0);
}

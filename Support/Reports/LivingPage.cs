using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Workloads.OwnTables;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>All that a run leaves behind, on one page that needs no network: the living documentation.</summary>
/// <param name="Banner">What was run, where and with what.</param>
/// <param name="Features">What the features say.</param>
/// <param name="Results">How their scenarios ended.</param>
/// <param name="Sections">Tables that others added.</param>
public sealed record LivingPage(
    IReadOnlyList<(string Name, string Value)> Banner, IReadOnlyList<FeatureText> Features,
    IReadOnlyList<ScenarioResult> Results, IReadOnlyList<(string Title, EvidenceTable Table)> Sections)
{
    private static readonly string[] Outcomes = ["failed", "known", "passed", "skipped", "not run"];

    // Of the banner, what a reader wants to know at first sight.
    private static readonly string[] Essentials = ["engine", "server", "host"];

    /// <summary>The engines side by side, where the results are those of several; null where they are of one.</summary>
    public EngineMatrix? Engines { get; init; }

    /// <summary>What a run shows of a user's own TVIEWs; null where none were given.</summary>
    internal OwnAnswer? Own { get; init; }

    /// <summary>The page.</summary>
    public override string ToString()
    {
        var features = Features
            .Select(f => new FeatureArticle(f, [.. Results.Where(r => r.Scenario.Feature == f.Title)]))
            .ToList();
        var scenarios = features.SelectMany(f => f.Scenarios).ToList();
        var (isGood, verdict) = RunVerdict.Of(Results);
        return Page(
            Document(
                $"TVIEW concurrency: {verdict}",
                Element("a", Class("skip"), With("href", "#features"), "To the features"),
                Element(
                    "header",
                    Element("h1", "TVIEW concurrency specification"),
                    Element(
                        "p",
                        Class("verdict " + (isGood ? "passed" : "failed")),
                        Element("span", With("aria-hidden", "true"), isGood ? "✓ " : "✗ "),
                        verdict
                    ),
                    Engines is null ? null : EngineMatrixPage.Verdicts(Engines),
                    Element(
                        "p",
                        Class("counts"),
                        string.Join(
                            ", ",
                            Outcomes
                                .Select(o => (o, n: scenarios.Count(s => s.Outcome == o)))
                                .Where(o => o.o is not ("not run" or "known") || o.n > 0)
                                .Select(o => $"{o.n} {o.o}")
                        )
                    ),
                    Details(
                        string.Join(
                            " · ",
                            Essentials
                                .SelectMany(e => Banner.Where(l => l.Name == e))
                                .Select(l => l.Value.Split(" (")[0])
                                .DefaultIfEmpty("Where and with what")
                        ),
                        Element("dl", Banner.Select(l => new[] { Element("dt", l.Name), Element("dd", l.Value) }))
                    )
                ),
                Element(
                    "main",
                    Own is null ? null : YourTviews.Render(Own),
                    Engines is null ? null : EngineMatrixPage.Sections(Engines, EngineMatrix.PageName),
                    Failures(scenarios),
                    Engines is null ? ContractMatrix.Render(features) : null,
                    Engines is null ? PlanCards.Render(features) : null,
                    AnomalyGrid.Render(Sections),
                    NotRun.Render(NotRun.Of(Features, Results)),
                    Element(
                        "section",
                        With("id", "features"),
                        Element("h2", "The features"),
                        Filter(scenarios),
                        features.Select(f => f.Render())
                    ),
                    Contents(),
                    Sections.Select(
                        (s, i) =>
                            Element("section", With("id", $"section-{i}"), Element("h2", s.Title), Table(s.Table))
                    )
                ),
                Element(
                    "footer",
                    Element("p", "Written by the run itself. Nothing on this page comes from a network.")
                ),
                new XElement("script", new Verbatim(Resources.Text("Page/page.js")))
            )
        );
    }

    private XElement? Contents() =>
        Sections.Count == 0
            ? null
            : Element(
                "nav",
                With("aria-label", "Tables"),
                Element("h2", "Tables"),
                Element(
                    "ul",
                    Sections.Select((s, i) => Element("li", Element("a", With("href", $"#section-{i}"), s.Title)))
                )
            );

    private static XElement? Failures(IReadOnlyList<ScenarioArticle> scenarios) =>
        scenarios.All(s => s.Outcome != "failed")
            ? null
            : Element(
                "section",
                With("id", "failures"),
                Element("h2", "What failed"),
                Element(
                    "ul",
                    scenarios
                        .Where(s => s.Outcome == "failed")
                        .Select(s =>
                            Element(
                                "li",
                                Element("a", With("href", "#" + s.Id), s.Title),
                                Element("br"),
                                s.Result!.Problem?.Split('\n')[0]
                            )
                        )
                )
            );

    // Hidden until the script runs: without it the page is whole, and nothing on it pretends to work.
    private static XElement Filter(IReadOnlyList<ScenarioArticle> scenarios) =>
        Element(
            "form",
            With("id", "filter"),
            With("role", "search"),
            With("hidden", ""),
            Element(
                "label",
                "Search ",
                new XElement(
                    "input",
                    With("type", "search"),
                    With("id", "words"),
                    With("placeholder", "words of a scenario")
                )
            ),
            Element(
                "label",
                "Tag ",
                Element(
                    "select",
                    With("id", "tag"),
                    Element("option", With("value", ""), "all"),
                    scenarios
                        .SelectMany(s => s.Text.Tags)
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                        .Select(t => Element("option", t))
                )
            ),
            Element(
                "fieldset",
                Element("legend", "Outcome"),
                Outcomes.Select(o =>
                    Element(
                        "label",
                        new XElement(
                            "input",
                            With("type", "checkbox"),
                            With("name", "outcome"),
                            With("value", o),
                            o == "not run" ? null : With("checked", "")
                        ),
                        $" {o} ({scenarios.Count(s => s.Outcome == o)})"
                    )
                )
            ),
            Element("output", With("id", "shown"), With("aria-live", "polite"))
        );

    /// <summary>A number as it stands in an identifier and in a table.</summary>
    internal static string Seconds(double seconds) => seconds.ToString("0.0 s", CultureInfo.InvariantCulture);
}

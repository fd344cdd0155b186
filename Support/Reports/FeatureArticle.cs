using System.Xml.Linq;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>A feature on the page: its prose, its rules, its scenarios with their outcomes.</summary>
internal sealed class FeatureArticle
{
    internal FeatureArticle(FeatureText text, IReadOnlyList<ScenarioResult> results)
    {
        Text = text;
        Id =
            "feature-"
            + string.Concat(text.Title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        var left = results.ToList();
        Scenarios = [.. text.Scenarios.SelectMany(s =>
        {
            var own = left.Where(r => r.Scenario == s.Id).ToList();
            left.RemoveAll(own.Contains);
            return own.Count == 0 ? [new ScenarioArticle(s, null, "")] : own.Select(r => new ScenarioArticle(s, r, ""));
        })];
        // A result whose feature has changed since is shown all the same.
        Scenarios =
        [
            .. Scenarios
                .Concat(
                    left.Select(r => new ScenarioArticle(new ScenarioText(r.Scenario, ("", ""), "", [], []), r, ""))
                )
                .Select((s, i) => s with { Id = $"{Id}-{i + 1}" }),
        ];
    }

    internal FeatureText Text { get; }

    internal string Id { get; }

    internal IReadOnlyList<ScenarioArticle> Scenarios { get; }

    internal bool Ran => Scenarios.Any(s => s.Result is not null);

    internal bool IsAboutSuite => Scenarios.Any(s => s.Text.Tags.Contains("@suite"));

    internal string Counts => string.Join(", ", Scenarios.CountBy(s => s.Outcome).Select(c => $"{c.Value} {c.Key}"));

    internal XElement Render() =>
        Element(
            "section",
            Class("feature"),
            With("id", Id),
            Element(
                "details",
                Scenarios.Any(s => s.Outcome == "failed") ? With("open", "") : null,
                Element("summary", Element("h2", Text.Title), " ", Element("span", Class("counts"), Counts)),
                Text.Description.Split("\n\n").Select(p => Element("p", Class("prose"), p)),
                Scenarios
                    .GroupBy(s => s.Text.Rule)
                    .Select(rule =>
                        Element(
                            "div",
                            Class("rule"),
                            rule.Key.Title.Length == 0
                                ? Element("h3", "Scenarios")
                                : Element("h3", Element("span", Class("word"), "Rule: "), rule.Key.Title),
                            rule.Key.Description.Length == 0
                                ? null
                                : Element("p", Class("prose"), rule.Key.Description),
                            rule.Select(s => s.Render())
                        )
                    )
            )
        );
}

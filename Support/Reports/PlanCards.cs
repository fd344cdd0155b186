using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Reports.Pictures;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>The scenarios of the plan at a glance.</summary>
internal static class PlanCards
{
    private const string Tag = "@plan";

    /// <summary>One card for each feature of the plan; null where the features have none.</summary>
    internal static XElement? Render(IReadOnlyList<FeatureArticle> features)
    {
        var plan = features
            .Select(f => (Feature: f, Scenario: f.Scenarios.FirstOrDefault(s => s.Text.Tags.Contains(Tag))))
            .Where(p => p.Scenario is not null)
            .ToList();
        return plan.Count == 0
            ? null
            : Element(
                "section",
                With("id", "plan"),
                Element("h2", "The scenarios of the plan"),
                Element("ol", Class("cards"), plan.Select((p, i) => Card(p.Feature, p.Scenario!, $"plan-{i}")))
            );
    }

    private static XElement Card(FeatureArticle feature, ScenarioArticle scenario, string id)
    {
        var metrics = scenario.Result?.Metrics ?? [];
        return Element("li", Class(scenario.OutcomeClass),
            Element("h3", Element("a", With("href", "#" + scenario.Id), feature.Text.Title)),
            Element(
                "p",
                Element("span", Class("outcome"), $"{scenario.Mark} {scenario.Outcome}"),
                $" {scenario.Title}"
            ),
            metrics.Count == 0
                ? Element("p", Class("counts"), "no workload was measured")
                : new object?[]
                {
                    Element(
                        "dl",
                        Figure("sessions", metrics.Max(m => m.Connections)),
                        Figure("transactions", metrics.Sum(m => m.Ok)),
                        Figure("deadlocks", metrics.Sum(m => m.Deadlocks)),
                        Figure("p95 ms", metrics.Max(m => m.P95LatencyMs))
                    ),
                    Sparkline.Of(id, scenario.Result!.Throughput),
                }
        );
    }

    private static XElement[] Figure(string name, double? figure) =>
        [Element("dt", name), Element("dd", figure?.ToString("#,0.#", CultureInfo.InvariantCulture) ?? "none")];
}

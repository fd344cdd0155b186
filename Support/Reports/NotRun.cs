using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Model;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>Scenarios that did not run for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Scenarios">Which.</param>
public sealed record NotRun(string Reason, IReadOnlyList<ScenarioId> Scenarios)
{
    private static readonly (string Tag, string Reason)[] Unselected =
    [
        ("@ignore", "tagged @ignore"),
        ("@bench", "benches, which './specs bench' runs"),
        ("@prove", "proofs with seeded faults, which './specs prove' runs"),
        ("@suite", "about the suite itself, which './specs test' runs"),
        ("", "not selected by the filter of this run, or after the failure at which it stopped"),
    ];

    /// <summary>What of the features did not run, first what the run had to skip; a line for each reason.</summary>
    public static IReadOnlyList<NotRun> Of(
        IReadOnlyList<FeatureText> features,
        IReadOnlyCollection<ScenarioResult> results
    )
    {
        var ran = results.Select(r => r.Scenario).ToHashSet();
        return
        [
            .. results
                .Where(r => r.Outcome == "skipped")
                .GroupBy(r => r.Problem?.Split('\n')[0] ?? "no reason was given")
                .Select(g => new NotRun(g.Key, [.. g.Select(r => r.Scenario).Distinct()])),
            .. features
                .SelectMany(f => f.Scenarios)
                .Where(s => !ran.Contains(s.Id))
                .GroupBy(s => Array.FindIndex(Unselected, u => u.Tag.Length == 0 || s.Tags.Contains(u.Tag)))
                .OrderByDescending(g => g.Key)
                .Select(g => new NotRun(Unselected[g.Key].Reason, [.. g.Select(s => s.Id)])),
        ];
    }

    /// <summary>How many, and why.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Scenarios.Count} scenario{(Scenarios.Count == 1 ? "" : "s")}: {Reason}");

    /// <summary>The section of the page; null where everything ran.</summary>
    internal static XElement? Render(IReadOnlyList<NotRun> groups) =>
        groups.Count == 0
            ? null
            : Element(
                "section",
                With("id", "not-run"),
                Element("h2", "What did not run, and why"),
                groups.Select(g =>
                    Details(g.ToString(), Element("ul", g.Scenarios.Select(s => Element("li", s.ToString()))))
                )
            );
}

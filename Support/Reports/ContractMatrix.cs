using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Model;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>Which contract held, broke or was not judged in which feature.</summary>
internal static class ContractMatrix
{
    private static readonly (string Class, string Mark, string Word)[] Cells =
        [("bad", "✗", "broken"), ("unsure", "?", "unknown"), ("good", "✓", "held"), ("none", "·", "not judged")];

    /// <summary>The contracts that broke in the features of a run.</summary>
    internal static IReadOnlyList<Contract> Broken(IEnumerable<ScenarioLine> results) =>
        [.. Contract.All.Where(c => results.SelectMany(r => r.Judged)
            .Any(j => j.Contract == c && j.Verdict == Verdict.Fail))];

    /// <summary>The matrix; null where no scenario of the features ran. The features of a folder share a row.</summary>
    internal static XElement? Render(IReadOnlyList<FeatureArticle> features)
    {
        var rows = features.Where(f => f.Ran && !f.IsAboutSuite).GroupBy(f => f.Text.Group).ToList();
        return rows.Count == 0 ? null : Element("section", With("id", "contracts"), Element("h2", "The contracts"),
            Element("p", Class("legend"), Cells.Select(c =>
                Element("span", Class("key"), Element("b", Class(c.Class), c.Mark), $" {c.Word}"))),
            Element("div", Class("scroll"), With("tabindex", 0), With("role", "region"),
                With("aria-label", "The contracts"),
                Element("table", Class("matrix"),
                    Element("caption", "Whether each contract held in the scenarios that ran"),
                    Element("thead", Element("tr", Element("th", With("scope", "col"), "feature"),
                        Contract.All.Select(c => Element("th", With("scope", "col"), With("title", c.Claim), c.Name)))),
                    Element("tbody", rows.Select(Row)))),
            Details("What each contract promises",
                Element("dl", Contract.All.Select(c => new[] { Element("dt", c.Name), Element("dd", c.Claim) }))));
    }

    private static XElement Row(IGrouping<string, FeatureArticle> features)
    {
        var judged = features.SelectMany(f => f.Scenarios).SelectMany(s => s.Result?.Judged ?? []).ToList();
        return Element("tr",
            Element("th", With("scope", "row"), Element("a", With("href", "#" + features.First().Id), features.Key)),
            Contract.All.Select(c => CellOf([.. judged.Where(j => j.Contract == c).Select(j => j.Verdict)]))
                .Select(c => Element("td", Class(c.Class), Element("b", With("aria-hidden", "true"), c.Mark), " ",
                    Element("span", Class(c.Class == "none" ? "word unseen" : "word"), c.Word))));
    }

    private static (string Class, string Mark, string Word) CellOf(IReadOnlyCollection<Verdict> verdicts) =>
        Cells[
            verdicts.Count == 0 ? 3
            : verdicts.Contains(Verdict.Fail) ? 0
            : verdicts.Contains(Verdict.Unknown) ? 1
            : 2
        ];
}

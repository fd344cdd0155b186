using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Scheduling;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>The anomaly matrix as a grid: of each cell the worst outcome, as a colour and a word.</summary>
internal static class AnomalyGrid
{
    /// <summary>The title of the section that has the matrix in full.</summary>
    internal const string Section = "Anomaly matrix";

    // The worst first, and in fewer words than the matrix.
    private static readonly (PermutationOutcome Outcome, string Class, string Word, string Meaning)[] Outcomes =
    [
        (PermutationOutcome.Stale, "bad", "STALE", "a TVIEW differed from its defining query"),
        (PermutationOutcome.Broken, "bad", "BROKEN", "another contract broke"),
        (PermutationOutcome.Unknown, "unsure", "unknown", "nothing was judged"),
        (PermutationOutcome.Deadlock, "unsure", "deadlock", "the server had to break a deadlock"),
        (PermutationOutcome.Retryable, "refused", "retry", "a step was refused, to be tried again"),
        (PermutationOutcome.Refused, "refused", "refused", "a step was refused with a declared error"),
        (PermutationOutcome.BlockedThenExact, "waited", "waited", "somebody waited, and everything was exact"),
        (PermutationOutcome.Exact, "good", "exact", "nobody waited, and everything was exact"),
    ];

    /// <summary>The grid; null where no race ran.</summary>
    internal static XElement? Render(IEnumerable<(string Title, EvidenceTable Table)> sections) =>
        sections.FirstOrDefault(s => s.Title == Section).Table is not { } table ? null
        : Element("section", With("id", "anomalies"), Element("h2", "The races"),
            Element("div", Class("scroll"), With("tabindex", 0), With("role", "region"),
                With("aria-label", "The races"),
                Element("table", Class("matrix grid"),
                    Element("caption", "The worst outcome of each race, by isolation level and route"),
                    Element("thead", Element("tr", table.Header.Select(h => Element("th", With("scope", "col"), h)))),
                    Element("tbody", table.Rows.Select(row => Element("tr",
                        Element("th", With("scope", "row"), row[0]), row.Skip(1).Select(Cell)))))),
            Details("What the words mean", Meanings()));

    /// <summary>What the words of the cells mean.</summary>
    internal static XElement Meanings() =>
        Element("dl", Outcomes.Select(o => new[] { Element("dt", o.Word), Element("dd", o.Meaning) }));

    /// <summary>The colour and the word of the worst of some outcomes.</summary>
    internal static (string Class, string Word) WorstOf(IEnumerable<PermutationOutcome> outcomes) =>
        Outcomes.Where(o => outcomes.Contains(o.Outcome)).Select(o => (o.Class, o.Word)).FirstOrDefault();

    private static XElement Cell(string said)
    {
        var worst = Outcomes.FirstOrDefault(o =>
            $" {said}".Contains($" {AnomalyMatrix.WordsOf(o.Outcome)}", StringComparison.Ordinal));
        return worst.Word is null ? Element("td", Class("none"), Element("span", Class("word"), "not run"))
            : Element("td", Class(worst.Class), With("title", said), worst.Word);
    }
}

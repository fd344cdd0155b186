using System.Xml.Linq;
using Specs.Support.Contracts;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>The anomaly matrix as a grid: of each cell the worst outcome, as a colour and a word.</summary>
internal static class AnomalyGrid
{
    /// <summary>The title of the section that has the matrix in full.</summary>
    internal const string Section = "Anomaly matrix";

    // What the cells say, the worst first, and in fewer words.
    private static readonly (string Said, string Class, string Word, string Meaning)[] Outcomes =
    [
        ("STALE", "bad", "STALE", "a TVIEW differed from its defining query"),
        ("BROKEN", "bad", "BROKEN", "another contract broke"),
        ("unknown", "unsure", "unknown", "nothing was judged"),
        ("deadlock", "unsure", "deadlock", "the server had to break a deadlock"),
        ("40001", "refused", "40001", "a step was refused, to be tried again"),
        ("refused", "refused", "refused", "a step was refused with a declared error"),
        ("blocked", "waited", "waited", "somebody waited, and everything was exact"),
        ("exact", "good", "exact", "nobody waited, and everything was exact"),
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
            Details("What the words mean",
                Element("dl", Outcomes.Select(o => new[] { Element("dt", o.Word), Element("dd", o.Meaning) }))));

    private static XElement Cell(string said)
    {
        var worst = Outcomes.FirstOrDefault(o => said.Contains(o.Said, StringComparison.Ordinal));
        return worst.Word is null ? Element("td", Class("none"), Element("span", Class("word"), "not run"))
            : Element("td", Class(worst.Class), With("title", said), worst.Word);
    }
}

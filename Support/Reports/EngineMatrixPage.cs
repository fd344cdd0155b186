using System.Xml.Linq;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>The matrix of engines for a browser: one file, which needs no network.</summary>
internal static class EngineMatrixPage
{
    /// <summary>The page; the scripts of all failures are in it.</summary>
    internal static string Render(EngineMatrix matrix) =>
        Page(
            Document(
                "TVIEW engines side by side",
                Class("wide"),
                Element(
                    "header",
                    Element("h1", "TVIEW engines side by side"),
                    Verdicts(matrix),
                    Element(
                        "nav",
                        With("aria-label", "Tables"),
                        Element(
                            "ul",
                            matrix.Tables.Select(t => Element("li", Element("a", With("href", $"#{t.Id}"), t.Title)))
                        )
                    )
                ),
                Element("main", Sections(matrix, ""), matrix.Columns.Select(Failures)),
                Element("footer", Element("p", "Written by the suite itself. Nothing here comes from a network."))
            )
        );

    /// <summary>The verdict on each engine.</summary>
    internal static XElement Verdicts(EngineMatrix matrix) =>
        Element(
            "ul",
            Class("verdicts"),
            matrix.Verdicts.Select(v =>
                Element(
                    "li",
                    Element(
                        "b",
                        Class(v.Outcome switch { "passed" => "good", "failed" => "bad", _ => "unsure" }),
                        v.Engine
                    ),
                    " ",
                    v.Sentence
                )
            )
        );

    /// <summary>The tables.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="page">The page that has the failures; empty where it is the same.</param>
    internal static IEnumerable<XElement> Sections(EngineMatrix matrix, string page) =>
        matrix.Tables.Select(t => Element(
            "section",
            With("id", t.Id),
            Element("h2", t.Title),
            Element(
                "div",
                Class("scroll"),
                With("tabindex", 0),
                With("role", "region"),
                With("aria-label", t.Title),
                Element(
                    "table",
                    Class("matrix engines"),
                    Element("caption", t.Caption),
                    Element(
                        "thead",
                        Element("tr", t.Heads.Concat(matrix.Columns.Select(c => c.Engine))
                            .Select(h => Element("th", With("scope", "col"), h)))
                    ),
                    Element("tbody", t.Rows.Select((row, i) => Row(t, row, i, page)))
                )
            ),
            t.Id != EngineTables.RacesId ? null : Details("What the words mean", AnomalyGrid.Meanings())
        ));

    // Neighbours of one group share the first cell.
    private static XElement Row(MatrixTable table, MatrixRow row, int place, string page)
    {
        var first = place == 0 || table.Rows[place - 1].Group != row.Group;
        return Element(
            "tr",
            table.Heads.Count == 1 || !first
                ? null
                : Element(
                    "th",
                    With("scope", "rowgroup"),
                    With("rowspan", table.Rows.Skip(place).TakeWhile(r => r.Group == row.Group).Count()),
                    row.Group
                ),
            Element("th", With("scope", "row"), row.Name),
            row.Cells.Select(c => Cell(c, page))
        );
    }

    private static XElement Cell(MatrixCell cell, string page) =>
        Element(
            "td",
            Class(cell.Class),
            cell.Detail.Length == 0 ? null : With("title", cell.Detail),
            cell.Failure is null
                ? cell.Text
                : Element("a", With("href", $"{page}#{cell.Failure.Id}"), cell.Text),
            cell.Reasons.Count == 0
                ? null
                : Details("why", Element("ul", cell.Reasons.Select(r => Element("li", r))))
        );

    private static XElement? Failures(EngineColumn column) =>
        column.Failures.Count == 0
            ? null
            : Element(
                "section",
                Element("h2", $"What failed on {column.Engine}"),
                column.Failures.Select(f =>
                    Element(
                        "article",
                        Class($"scenario {f.Line.Outcome}"),
                        Details(
                            f.Line.Scenario.ToString(),
                            Element("div", Class("evidence"), With("id", f.Id), Evidence(f))
                        )
                    )
                )
            );

    private static IEnumerable<XElement> Evidence(EngineFailure failure)
    {
        // The finding stands before the permutations that brought it.
        var problem = failure.Line.Problem;
        yield return Element("pre", failure.Script is null ? problem : problem?.Split("\n\n")[0]);
        if (failure.Script is not null)
        {
            yield return Element("p", "Reduced to the fewest steps, for psql, a column for each session (",
                Element("a", With("href", failure.File), RunReport.ScriptName), "):");
            yield return Element("pre", failure.Script);
            yield return Details("The tables to take it on", Element("pre", failure.Setup));
        }

        yield return Element("p", "Again: ", Element("code", failure.Line.Replay));
    }
}

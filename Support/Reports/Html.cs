using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Specs.Support.Configuration;
using Specs.Support.Contracts;

namespace Specs.Support.Reports;

/// <summary>Makes the elements of a page. Text and attributes are escaped by construction.</summary>
internal static class Html
{
    // Without any content an element would be written as <p/>, which a browser reads as <p>.
    internal static XElement Element(string name, params object?[] content) => new(name, [.. content, new XText("")]);

    internal static XAttribute With(string name, object value) =>
        new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);

    internal static XAttribute Class(string name) => new("class", name);

    /// <summary>A table whose first column names the rows.</summary>
    internal static XElement Table(EvidenceTable table) =>
        Element(
            "div",
            Class("scroll"),
            With("tabindex", 0),
            With("role", "region"),
            With("aria-label", table.Caption),
            Element(
                "table",
                Element("caption", table.Caption),
                Element("thead", Element("tr", table.Header.Select(h => Element("th", With("scope", "col"), h)))),
                Element(
                    "tbody",
                    table.Rows.Select(row =>
                        Element(
                            "tr",
                            row.Select(
                                (cell, i) =>
                                    i == 0
                                        ? Element("th", With("scope", "row"), cell)
                                        : Element("td", Coloured(cell), cell)
                            )
                        )
                    )
                )
            )
        );

    internal static XElement Details(string summary, params object?[] content) =>
        Element("details", Element("summary", summary), content);

    /// <summary>The whole page, with its style; it needs no network.</summary>
    internal static XElement Document(string title, params object?[] body) =>
        Element(
            "html",
            With("lang", "en"),
            Element(
                "head",
                new XElement("meta", With("charset", "utf-8")),
                new XElement("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
                Element("title", title),
                new XElement("style", new Verbatim(Resources.Text("Page/page.css")))
            ),
            Element("body", body)
        );

    /// <summary>
    /// The whole page as text. What XML does not allow, but a server's message may hold, is left to the browser.
    /// </summary>
    internal static string Page(XElement html)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (
            var writer = XmlWriter.Create(
                text,
                new XmlWriterSettings
                {
                    OmitXmlDeclaration = true,
                    CheckCharacters = false,
                    NewLineHandling = NewLineHandling.None,
                }
            )
        )
        {
            html.WriteTo(writer);
        }

        return text.ToString();
    }

    // Colour never tells alone: the word stands in the cell.
    private static XAttribute? Coloured(string cell)
    {
        var words = cell.ToLowerInvariant().Split([' ', ',', ':', ';', '('], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(w => w is "fail" or "stale" or "broken" or "survived" or "missed" or "slower")
            || (words.FirstOrDefault() == "failed")
                ? Class("bad")
            : words.Any(w => w is "unknown") || words.FirstOrDefault() is "skipped" or "known" ? Class("unsure")
            : words.FirstOrDefault() is "passed" or "pass" or "killed" or "caught" or "faster" ? Class("good")
            : null;
    }
}

/// <summary>Text that is written as it is: style and script, which HTML does not escape.</summary>
internal sealed class Verbatim(string text) : XText(text)
{
    public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
}

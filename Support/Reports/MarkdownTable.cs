using System.Text;
using Specs.Support.Contracts;

namespace Specs.Support.Reports;

/// <summary>Tables in Markdown: those of the report, and those that others leave in the run's folder.</summary>
internal static class MarkdownTable
{
    /// <summary>A section of a Markdown page.</summary>
    internal static string Of(string title, EvidenceTable table)
    {
        var page = new StringBuilder($"## {title}\n\n{table.Caption}.\n\n");
        page.Append(Row(table.Header)).Append(Row(table.Header.Select((_, i) => i == 0 ? "---" : "---:")));
        foreach (var row in table.Rows)
        {
            page.Append(Row(row));
        }

        return page.ToString();
    }

    /// <summary>The tables of a file; its name is the title, the lines above a table are its caption.</summary>
    internal static IEnumerable<(string Title, EvidenceTable Table)> In(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Replace('-', ' ');
        var title = char.ToUpperInvariant(name[0]) + name[1..];
        var caption = "";
        var rows = new List<string[]>();
        foreach (var line in File.ReadAllLines(file).Append(""))
        {
            if (line.StartsWith('|'))
            {
                rows.Add(Cells(line));
                continue;
            }

            if (rows.Count > 2)
            {
                // rows[1] is the ruler
                yield return (title, new EvidenceTable(caption.Length == 0 ? title : caption, rows[0], rows[2..]));
                caption = "";
            }

            rows.Clear();
            caption = line.Length == 0 ? caption : line.TrimStart('#', ' ');
        }
    }

    private static string Row(IEnumerable<string> cells) =>
        "| "
        + string.Join(" | ", cells.Select(c => c.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)))
        + " |\n";

    private static string[] Cells(string line) =>
        [
            .. line.Trim()
                .Trim('|')
                .Replace("\\|", "\u0001", StringComparison.Ordinal)
                .Split('|')
                .Select(c => c.Trim().Replace('\u0001', '|')),
        ];
}

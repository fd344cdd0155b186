using System.Globalization;
using System.Text;
using Specs.Support.Contracts;

namespace Specs.Support.Reports;

/// <summary>The same as the page, as Markdown: for a terminal, and for the summary of a job.</summary>
/// <param name="Banner">What was run, where and with what.</param>
/// <param name="Verdict">How it ended, in a line.</param>
/// <param name="Results">How the scenarios ended, in the order in which they are read.</param>
/// <param name="Absent">What did not run.</param>
/// <param name="Sections">Tables that others added.</param>
internal sealed record MarkdownPage(
    string Banner, IReadOnlyList<string> Verdict, IReadOnlyList<ScenarioResult> Results, IReadOnlyList<NotRun> Absent,
    IReadOnlyList<(string Title, EvidenceTable Table)> Sections)
{
    /// <summary>The page.</summary>
    public override string ToString()
    {
        var page = new StringBuilder($"# TVIEW concurrency specification\n\n```\n{Banner}\n```\n\n");
        foreach (var line in Verdict)
        {
            page.AppendLine(line).AppendLine();
        }

        if (Absent.Count > 0)
        {
            page.Append("Not run:\n\n").AppendJoin("", Absent.Select(n => $"- {n}\n")).AppendLine();
        }

        foreach (var feature in Results.GroupBy(r => r.Scenario.Feature))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"## {feature.Key}\n");
            foreach (var result in feature)
            {
                Append(page, result);
            }

            page.AppendLine();
        }

        foreach (var (title, table) in Sections)
        {
            page.AppendLine(MarkdownTable.Of(title, table));
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, ScenarioResult result)
    {
        page.AppendLine(
            CultureInfo.InvariantCulture,
            $"- **{result.Outcome}** {result.Scenario.Title} ({result.Seconds:0.0} s)"
        );
        if (result.Problem is not null)
        {
            page.Append("\n  ```\n  ").Append(result.Problem.ReplaceLineEndings("\n  ")).Append("\n  ```\n");
        }

        if (result.Outcome == "failed")
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"\n  again: `{result.Replay}`\n");
        }
    }
}

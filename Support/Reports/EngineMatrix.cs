using System.Text;
using Specs.Support.Contracts;

namespace Specs.Support.Reports;

/// <summary>
/// What runs of several engines showed, side by side: engine × contract, race, cost and feature. A team reads it that
/// has to choose one.
/// </summary>
public sealed class EngineMatrix
{
    /// <summary>The page for people.</summary>
    public const string PageName = "engine-matrix.html";

    /// <summary>The same as Markdown.</summary>
    public const string MarkdownName = "engine-matrix.md";

    private readonly IReadOnlyList<(string Engine, string Why)> _missing;

    /// <summary>Makes it; runs of one engine, with one version, share a column.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="missing">Engines that are not there, with the reason.</param>
    public EngineMatrix(IReadOnlyList<RunRecord> runs, IReadOnlyList<(string Engine, string Why)> missing)
    {
        _missing = missing;
        Columns = [.. runs.GroupBy(r => r.Engine).Select((g, i) => new EngineColumn(g.Key, [.. g], i + 1))];
        Tables =
        [
            .. new[]
            {
                EngineTables.Glance(Columns), EngineTables.Races(Columns), EngineTables.Cost(Columns),
                EngineTables.Features(Columns),
            }.Where(t => t.Rows.Count > 0),
        ];
    }

    internal IReadOnlyList<EngineColumn> Columns { get; }

    internal IReadOnlyList<MatrixTable> Tables { get; }

    /// <summary>Each engine with the verdict on it, first those that ran.</summary>
    internal IEnumerable<(string Engine, string Outcome, string Sentence)> Verdicts =>
        Columns
            .Select(c => (c.Engine, Verdict: RunVerdict.Of(c.Lines)))
            .Select(c => (c.Engine, c.Verdict.IsGood ? "passed" : "failed", c.Verdict.Sentence))
            .Concat(_missing.Select(m => (m.Engine, "skipped", $"not there: {m.Why}")));

    /// <summary>Writes the pages, and beside them the evidence to which they lead.</summary>
    /// <param name="folder">The folder that receives them.</param>
    public void Write(string folder)
    {
        foreach (var failure in Columns.SelectMany(c => c.Failures))
        {
            failure.Write(folder);
        }

        File.WriteAllText(Path.Combine(folder, MarkdownName), $"# Engines side by side\n\n{Markdown()}");
        File.WriteAllText(Path.Combine(folder, PageName), EngineMatrixPage.Render(this));
    }

    /// <summary>The tables as Markdown; a cell with a failure is a link to its script.</summary>
    public string Markdown()
    {
        var page = new StringBuilder();
        foreach (var (engine, _, sentence) in Verdicts)
        {
            page.Append("- **" + engine + "** " + sentence + "\n");
        }

        foreach (var table in Tables)
        {
            page.Append('\n').Append(MarkdownTable.Of(table.Title, new EvidenceTable(
                table.Caption,
                [.. table.Heads, .. Columns.Select(c => c.Engine)],
                [
                    .. table.Rows.Select(row => new[] { row.Group, row.Name }[^table.Heads.Count..]
                        .Concat(row.Cells.Select(c =>
                            c.Failure is null || c.Text.Length == 0 ? c.Text : $"[{c.Text}]({c.Failure.File})"))
                        .ToArray()),
                ])));
        }

        foreach (var column in Columns)
        {
            var reasons = EngineTables.ReasonsOf(column.Lines);
            if (reasons.Count > 0)
            {
                page.Append("\nOn " + column.Engine + ":\n\n").AppendJoin("", reasons.Select(r => $"- {r}\n"));
            }
        }

        return page.ToString();
    }
}

using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Workloads.OwnTables;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>
/// What a run answers to who has given tables of his own: whether his TVIEWs are exact, what they cost, and what was
/// not tried.
/// </summary>
internal static class YourTviews
{
    private const string Title = "Your TVIEWs";

    // Those that repeat a finding in psql: the steps, and the tables on which to take them.
    private static readonly string[] Scripts = [RunReport.ScriptName, RunReport.SetupName];

    /// <summary>The first section of the page.</summary>
    internal static XElement Render(OwnAnswer answer) =>
        Element("section", With("id", "your-tviews"), Element("h2", Title),
            Tables(answer).Take(1).Select(Table),
            Findings(answer) is { Count: > 0 } findings
                ? Element("ul", findings.Select(f => Element("li", $"{f.About}: {f.Finding.Title}", Links(f.Finding))))
                : null,
            Notes(answer).Select(n => Element("p", n)),
            Tables(answer).Skip(1).Select(Table));

    /// <summary>The same as Markdown.</summary>
    internal static string Markdown(OwnAnswer answer) =>
        string.Join("\n\n", [
            .. Tables(answer).Take(1).Select(t => MarkdownTable.Of(Title, t).TrimEnd()),
            .. Findings(answer).Select(f => $"- {f.About}: {f.Finding.Title}"
                + string.Concat(Paths(f.Finding).Select(p => $", [{p.Name}]({p.Path})"))),
            .. Notes(answer),
            .. Tables(answer).Skip(1).Select(t => MarkdownTable.Of("What statements cost under them", t).TrimEnd()),
        ]) + "\n";

    /// <summary>The same in lines, for a terminal.</summary>
    internal static IEnumerable<string> Lines(OwnAnswer answer) =>
        [
            .. answer.Tviews.Select(t => $"  {t.Name}: {WordsOf(t)}" + (t.LeftOut is not null || !t.IsJudged ? ""
                : $"; {Number(t.Permutations)} permutations, {Number(t.Transactions)} transactions of loads, "
                    + $"{Number(t.Snapshots)} snapshots meanwhile; largest fan-out {FanOutOf(t)}")),
            .. Findings(answer).Select(f => $"  {f.About}: {f.Finding.Title}"
                + string.Concat(Paths(f.Finding).Take(1).Select(p => $", script: {p.Path}"))),
            .. Notes(answer).Select(n => "  " + n),
        ];

    private static IEnumerable<EvidenceTable> Tables(OwnAnswer answer)
    {
        yield return new(
            $"Each TVIEW of {answer.Folder} and its defining query: after how many permutations of races and "
                + "transactions of loads, and in how many snapshots meanwhile, they were compared; the most rows of it "
                + "that one statement changed, each tried alone",
            ["TVIEW", "is", "permutations", "transactions", "snapshots", "largest fan-out seen"],
            [.. answer.Tviews.Select(t => new[] { t.Name, WordsOf(t), Number(t.Permutations), Number(t.Transactions),
                Number(t.Snapshots), FanOutOf(t) })]);
        if (answer.Costs.Count > 0)
        {
            yield return new(
                "What a statement of each kind costs under all these TVIEWs, as a multiple of what it costs without: "
                    + "medians of turns",
                ["statement", "time", "WAL", "WAL bytes without", "WAL bytes with", "statements"],
                [.. answer.Costs.Select(c => new[] { c.Kind, Times(c.Time), Times(c.Wal), Number(c.WalWithout),
                    Number(c.WalWith), Number(c.Count) })]);
        }
    }

    // Silence is no proof: what was not compared is unknown.
    private static string WordsOf(TviewAnswer tview) =>
        tview.LeftOut is { } why ? $"unknown: not judged, because {why}"
        : tview.Finding is not null ? "STALE: not exact"
        : tview.IsJudged ? "exact"
        : "unknown: not compared in this run";

    private static List<(string About, OwnFinding Finding)> Findings(OwnAnswer answer) =>
        [
            .. answer.Tviews.SelectMany(t => t.Finding is { } finding ? [(t.Name, finding)]
                : Array.Empty<(string, OwnFinding)>()),
            .. answer.Others.Select(f => ("no single TVIEW", f)),
        ];

    private static IEnumerable<string> Notes(OwnAnswer answer)
    {
        yield return $"Statements wrote {answer.Columns - answer.Never.Count} of {answer.Columns} columns; never "
            + $"written: {string.Join(", ", answer.Never.DefaultIfEmpty("no column"))}.";
        if (answer.Waits is { Permutations: > 0 } waits)
        {
            yield return $"Unnecessary waits: a session waited in {Number(waits.Waited)} of "
                + $"{Number(waits.Permutations)} permutations. In {Number(waits.Known)} of these all its statements "
                + $"had been tried alone, and in {Number(waits.Apart)} of those it waited on a lock that is no row's, "
                + "for a session that changes no row of a TVIEW in common: these waits may be unnecessary.";
        }

        if (answer.Costs.Count == 0)
        {
            yield return $"What they cost was not measured; './specs bench --schema {answer.Folder}' does.";
        }
    }

    private static XElement[] Links(OwnFinding finding) =>
        [.. Paths(finding).Select(p => Element("span", " · ", Element("a", With("href", p.Path), p.Name)))];

    private static IEnumerable<(string Name, string Path)> Paths(OwnFinding finding) =>
        finding.Folder is not { } folder ? []
            : Scripts.Select(s => (s, string.Join('/', folder.Split(Path.DirectorySeparatorChar)
                .Select(Uri.EscapeDataString)) + "/" + s));

    private static string FanOutOf(TviewAnswer tview) =>
        tview.Largest is { } most ? $"{most.Rows} ({most.Statement})" : "none";

    private static string Times(double ratio) => ratio.ToString("0.0×", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}

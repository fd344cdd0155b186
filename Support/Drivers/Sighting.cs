using System.Diagnostics;
using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>When it was seen first that a TVIEW differs, and when last that it does not.</summary>
/// <param name="Rows">The TVIEW's rows that differ.</param>
/// <param name="Since">When the last look began that saw no difference; the beginning of time if none did.</param>
/// <param name="Until">When the first one ended that did; the end of time where only the end showed it.</param>
/// <param name="Words">The same in words.</param>
internal sealed record Sighting(
    IReadOnlyList<(string Tview, string Key)> Rows,
    long Since,
    long Until,
    IReadOnlyList<string> Words
)
{
    /// <summary>Looks through the audits of a load, and then at what was found after it.</summary>
    /// <param name="history">The load's history.</param>
    /// <param name="tviews">The TVIEWs, in the order of their auditors.</param>
    /// <param name="results">What is not exact.</param>
    /// <returns>Null where nothing says which rows differ.</returns>
    internal static Sighting? Of(History history, IReadOnlyList<Tview> tviews, IReadOnlyList<CheckResult> results)
    {
        var audits = history.Audits.Where(a => !a.Retried).ToList();
        var first = audits.Where(a => a.SqlState == Audit.Difference).OrderBy(a => a.End).FirstOrDefault();
        var rows = Audit.DifferingRows(first.Message ?? string.Join('\n', results.SelectMany(r => r.Findings)));
        if (rows.Count == 0)
        {
            return null;
        }

        rows = [.. rows.Where(r => r.Tview == rows[0].Tview)];
        var auditor = tviews.ToList().FindIndex(t => t.Name == rows[0].Tview) + 1;
        var good = audits
            .Where(a => a.Session == auditor && a.Outcome == Outcome.Ok && (first.End == 0 || a.End <= first.Start))
            .OrderBy(a => a.End)
            .LastOrDefault();
        return new(
            rows,
            good.Start,
            first.End == 0 ? long.MaxValue : first.End,
            [
                first.End == 0 ? "no auditor saw it while the sessions worked, only the comparison afterwards"
                    : $"first seen by auditor {auditor}, who looked from {Clock(first.Start)} to {Clock(first.End)} "
                        + $"UTC: {first.Message}",
                good.Start == 0 ? "no auditor had seen that TVIEW without a difference before"
                    : $"last seen without a difference from {Clock(good.Start)} to {Clock(good.End)} UTC",
            ]
        );
    }

    /// <summary>The time of day of a moment of the history.</summary>
    internal static string Clock(long ticks) =>
        (DateTime.UtcNow - Stopwatch.GetElapsedTime(ticks)).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Specs.Support.Contracts;

namespace Specs.Support.Reports;

/// <summary>
/// A wait for a lock that was longer than deadlock_timeout: the server tells of those by itself (log_lock_waits), so
/// that nobody has to ask it during the load, which would slow the load down.
/// </summary>
/// <param name="Session">Who waited, by its number.</param>
/// <param name="Process">Its server process.</param>
/// <param name="Lock">For what.</param>
/// <param name="Holders">The server processes that held it when the wait was first told.</param>
/// <param name="Waited">How long.</param>
/// <param name="EndTicks">When it got the lock, in ticks of <see cref="Stopwatch"/>.</param>
internal sealed partial record LockWait(
    int Session,
    string Process,
    string Lock,
    string Holders,
    TimeSpan Waited,
    long EndTicks
)
{
    private const int Most = 200;

    /// <summary>The waits that a log tells of, the longest first.</summary>
    internal static IReadOnlyList<LockWait> In(string log)
    {
        var holders = new Dictionary<string, string>();
        var waiting = "";
        var waits = new List<LockWait>();
        foreach (var line in log.Split('\n'))
        {
            if (Told().Match(line) is { Success: true } told)
            {
                waiting = told.Groups["process"].Value;
                if (told.Groups["what"].Value == "acquired")
                {
                    waits.Add(
                        new LockWait(
                            int.Parse(told.Groups["session"].Value, CultureInfo.InvariantCulture),
                            waiting,
                            told.Groups["lock"].Value,
                            holders.GetValueOrDefault(waiting, "unknown"),
                            TimeSpan.FromMilliseconds(
                                double.Parse(told.Groups["ms"].Value, CultureInfo.InvariantCulture)
                            ),
                            TicksAt(told.Groups["at"].Value)
                        )
                    );
                }
            }
            else if (Holding().Match(line) is { Success: true } holding)
            {
                holders[waiting] = holding.Groups["processes"].Value;
            }
        }

        return [.. waits.OrderByDescending(w => w.Waited).Take(Most)];
    }

    /// <summary>Who waited for whom.</summary>
    internal static EvidenceTable TableOf(IReadOnlyList<LockWait> waits)
    {
        var sessions = waits.GroupBy(w => w.Process).ToDictionary(g => g.Key, g => g.First().Session);
        return new EvidenceTable("Waits that the server's log tells of, the longest first",
            ["session", "process", "waited ms", "for", "held by"],
            [
                .. waits.Select(w =>
                    new[]
                    {
                        $"session {w.Session}",
                        w.Process,
                        w.Waited.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),
                        w.Lock,
                        string.Join(
                            ", ",
                            w.Holders.Split(", ")
                                .Select(h => sessions.TryGetValue(h, out var s) ? $"{h} (session {s})" : h)
                        ),
                    }
                ),
            ]
        );
    }

    // The server runs on this machine or its clock is near ours; the log's times are UTC.
    private static long TicksAt(string time) =>
        Stopwatch.GetTimestamp()
        - (long)(
            (
                DateTime.UtcNow
                - DateTime.Parse(
                    time,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
                )
            ).TotalSeconds * Stopwatch.Frequency
        );

    [GeneratedRegex(@"^(?<at>[\d-]+ [\d:.]+) UTC .*session (?<session>\d+) LOG:  process (?<process>\d+) "
        + @"(?<what>still waiting for|acquired) (?<lock>.+) after (?<ms>[\d.]+) ms")]
    private static partial Regex Told();

    [GeneratedRegex(@"DETAIL:  Process(?:es)? holding the lock: (?<processes>[\d, ]+)\.")]
    private static partial Regex Holding();
}

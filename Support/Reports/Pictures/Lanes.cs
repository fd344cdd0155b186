using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using static Specs.Support.Reports.Html;
using static Specs.Support.Reports.Pictures.Svg;

namespace Specs.Support.Reports.Pictures;

/// <summary>A lane for each session: what it did when, and what the server's log says it waited for.</summary>
internal static class Lanes
{
    private const int MostLanes = 50;
    private const double Left = 84, Width = 640, Lane = 9, Step = 1.5;

    /// <summary>The picture, and its numbers as a table.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="load">What ran.</param>
    /// <param name="waits">The waits in the server's log.</param>
    internal static XElement Of(string id, LoadResult load, IReadOnlyList<LockWait> waits)
    {
        var operations = load.History.Operations;
        var first = operations[0].Start;
        var scale = Width / Math.Max(1, operations.Max(o => o.End) - first);
        var lanes = operations.GroupBy(o => (Audit: o.Kind == History.Auditor, o.Session)).OrderBy(g => g.Key).ToList();
        var shown = Choose(lanes);
        var end = Stopwatch.GetElapsedTime(first, operations.Max(o => o.End));
        return Element("figure",
            Drawing(id, Left + Width + 10, (shown.Count * Lane) + 22, "What every session did",
                $"{lanes.Count} sessions with {operations.Count} operations over {end.TotalSeconds:0.0} seconds. The "
                    + "table below has the numbers.",
                shown.Select(
                    (lane, i) =>
                        new[] { Text(Left - 4, (i * Lane) + 8, Name(lane.Key), "end") }.Concat(
                            Spans(lane, i, first, scale)
                        )
                ),
                waits.Select(w =>
                    WaitLine(w, shown.FindIndex(l => !l.Key.Audit && l.Key.Session == w.Session), first, scale)
                ),
                load.Injections.Select(f => Fault(
                    f, shown.FindIndex(l => !l.Key.Audit && l.Key.Session == f.Session), shown.Count, first, scale)),
                Text(Left, (shown.Count * Lane) + 14, "0 s"),
                Text(
                    Left + Width,
                    (shown.Count * Lane) + 14,
                    string.Create(CultureInfo.InvariantCulture, $"{end.TotalSeconds:0.0} s"),
                    "end"
                )
            ),
            Element(
                "figcaption",
                Key("ok", "committed"),
                Key("again", "tried again (✕ after a deadlock)"),
                Key("bad", "failed"),
                Key("refused", "refused as declared"),
                Key("lost", "nobody knows"),
                Key("audit", "audit"),
                Key("waited", "waited for a lock, as the server's log says"),
                load.Injections.Count == 0 ? null : Key("fault", "a fault was injected"),
                shown.Count < lanes.Count
                    ? $" {shown.Count} of {lanes.Count} sessions are drawn: those with failures or retries first, the "
                        + "others evenly."
                    : ""
            ),
            Details(
                "The numbers of this picture",
                Table(Numbers(lanes)),
                waits.Count == 0 ? null : Table(LockWait.TableOf(waits)),
                load.Injections.Count == 0 ? null : Table(Marks.TableOf(load))
            )
        );
    }

    private static List<IGrouping<(bool Audit, int Session), Operation>> Choose(
        List<IGrouping<(bool Audit, int Session), Operation>> lanes
    )
    {
        var marked = lanes
            .Where(l => l.Key.Audit || l.Any(o => o.Outcome != Outcome.Ok))
            .Take(MostLanes * 3 / 4)
            .Select(l => l.Key)
            .ToHashSet();
        var others = lanes.Where(l => !marked.Contains(l.Key)).ToList();
        var room = Math.Min(others.Count, MostLanes - marked.Count);
        marked.UnionWith(Enumerable.Range(0, room).Select(i => others[i * others.Count / room].Key));
        return [.. lanes.Where(l => marked.Contains(l.Key))];
    }

    // Operations that would be drawn over one another become one span; a deadlock is marked where it came.
    private static IEnumerable<XElement> Spans(
        IGrouping<(bool Audit, int Session), Operation> lane,
        int place,
        long first,
        double scale
    )
    {
        var y = (place * Lane) + 5;
        foreach (var kind in lane.GroupBy(KindOf))
        {
            var path = new StringBuilder();
            var drawn = double.MinValue;
            foreach (var operation in kind)
            {
                var from = Math.Max(Left + ((operation.Start - first) * scale), drawn);
                var to = Math.Max(Left + ((operation.End - first) * scale) - 0.4, from + 0.5);
                if (to - drawn >= Step)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{N(from)} {N(y)}H{N(to)}");
                    drawn = to + 0.4;
                }
            }

            yield return Path("span " + kind.Key, path.ToString());
        }

        foreach (var deadlock in lane.Where(o => o.SqlState == "40P01"))
        {
            yield return Text(Left + ((deadlock.End - first) * scale), y + 3, "✕", "middle");
        }
    }

    private static string KindOf(Operation o) => o.Outcome switch
    {
        Outcome.Ok => o.Kind == History.Auditor ? "audit" : "ok",
        Outcome.Refused => "refused",
        Outcome.Indeterminate => "lost",
        _ => o.Retried ? "again" : "bad",
    };

    private static XElement? WaitLine(LockWait wait, int place, long first, double scale)
    {
        var end = Left + ((wait.EndTicks - first) * scale);
        var start = Math.Max(Left, end - (wait.Waited.TotalSeconds * Stopwatch.Frequency * scale));
        return place < 0 || end < Left || start > Left + Width ? null
            : Path("span waited", $"M{N(start)} {N((place * Lane) + 5)}H{N(Math.Min(end, Left + Width))}");
    }

    // Through its session's lane and those beside it, or through all.
    private static XElement? Fault(Injection fault, int place, int lanes, long first, double scale) =>
        fault.Session is not null && place < 0
            ? null
            : Path("fault", $"M{N(Left + ((fault.Start - first) * scale))} "
                + (fault.Session is null ? $"0V{N(lanes * Lane)}"
                    : $"{N(Math.Max(0, (place * Lane) - 2))}v{N(Lane + 4)}"));

    private static string Name((bool Audit, int Session) key) =>
        key.Audit ? $"auditor {key.Session}" : $"session {key.Session}";

    private static XElement Key(string kind, string meaning) =>
        Element("span", Class("key"), Element("i", Class(kind)), meaning);

    private static EvidenceTable Numbers(IEnumerable<IGrouping<(bool Audit, int Session), Operation>> lanes) =>
        new(
            "Each session",
            ["session", "operations", "committed", "tried again", "deadlocks", "failed, refused or unknown", "busy s"],
            [
                .. lanes.Select(l =>
                    new[]
                    {
                        Name(l.Key),
                        $"{l.Count()}",
                        $"{l.Count(o => o.Outcome == Outcome.Ok)}",
                        $"{l.Count(o => o.Retried)}",
                        $"{l.Count(o => o.SqlState == "40P01")}",
                        $"{l.Count(o => o.Outcome != Outcome.Ok && !o.Retried)}",
                        l.Sum(o => Stopwatch.GetElapsedTime(o.Start, o.End).TotalSeconds)
                            .ToString("0.00", CultureInfo.InvariantCulture),
                    }
                ),
            ]
        );
}

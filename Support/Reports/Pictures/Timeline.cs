using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Metrics;
using static Specs.Support.Reports.Html;
using static Specs.Support.Reports.Pictures.Svg;

namespace Specs.Support.Reports.Pictures;

/// <summary>A workload over time: throughput, latencies, and how many transactions were in flight.</summary>
internal static class Timeline
{
    private const int Windows = 20;
    private const double Left = 46, Width = 590, Panel = 74, Gap = 26, Right = 96;

    /// <summary>The picture, and its numbers as a table.</summary>
    internal static XElement Of(string id, LoadResult load)
    {
        var windows = Window.Cut(load.History, Windows);
        var seconds = windows[^1].Start + windows[^1].Seconds;
        double X(int i) => Left + ((i + 0.5) / windows.Count * Width);
        var marks = windows.Select((w, i) => (w, X: X(i))).ToList();
        return Element("figure",
            Drawing(id, Left + Width + Right, (3 * (Panel + Gap)) + 22, "The workload over time",
                string.Create(CultureInfo.InvariantCulture, $"Throughput, latency and transactions in flight in "
                    + $"{windows.Count} windows of {windows[0].Seconds:0.###} seconds. The table below has the "
                    + $"numbers."),
                PanelOf(0, "tx/s", seconds, marks, ("throughput", "throughput", w => w.OpsPerSec)),
                PanelOf(
                    1,
                    "ms",
                    seconds,
                    marks,
                    ("p99", "p99", w => Bootstrap.Latency(99)([w])),
                    ("p95", "p95", w => Bootstrap.Latency(95)([w])),
                    ("p50", "p50", w => Bootstrap.Latency(50)([w]))
                ),
                PanelOf(2, "in flight", seconds, marks, ("inflight", "in flight", w => w.MostInFlight)),
                marks
                    .Where(m => m.w.Retried > 0)
                    .Select(m => Path("retried", $"M{N(m.X)} {N(2 * (Panel + Gap) - 3)}v5")),
                marks.Where(m => m.w.Deadlocks > 0).Select(m => Text(m.X, 2 * (Panel + Gap) - 2, "✕", "middle")),
                load.Injections.Select(i => Path("fault",
                    $"M{N(Left + (Marks.Seconds(load, i) / seconds * Width))} 10V{N(3 * (Panel + Gap) - 16)}")),
                Text(Left, (3 * (Panel + Gap)) + 8, "0 s"),
                Text(
                    Left + Width,
                    (3 * (Panel + Gap)) + 8,
                    string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
                    "end"
                )
            ),
            Element(
                "figcaption",
                "Throughput (committed transactions a second), latency percentiles, and transactions in flight. A tick "
                    + "marks a window with retries, ✕ one with a deadlock."
                    + (load.Injections.Count == 0 ? "" : " A dashed line: a fault was injected.")
            ),
            Details("The numbers of this picture", Table(Numbers(windows)))
        );
    }

    private static IEnumerable<XElement> PanelOf(
        int place,
        string unit,
        double seconds,
        List<(Window w, double X)> marks,
        params (string Kind, string Name, Func<Window, double> Figure)[] lines
    )
    {
        var top = (place * (Panel + Gap)) + 10;
        var lists = lines
            .Select(l => (l.Kind, l.Name, Points: marks.Select(m => (m.X, Value: l.Figure(m.w))).ToList()))
            .ToList();
        var most = Round(
            lists.SelectMany(l => l.Points).Select(p => p.Value).Where(double.IsFinite).DefaultIfEmpty(1).Max()
        );
        yield return Path(
            "axis",
            $"M{N(Left)} {N(top)}v{N(Panel)}h{N(Width)}M{N(Left)} {N(top + (Panel / 2))}h{N(Width)}"
        );
        yield return Text(Left - 4, top + 8, most.ToString("0.###", CultureInfo.InvariantCulture), "end");
        yield return Text(
            Left - 4,
            top + (Panel / 2) + 4,
            (most / 2).ToString("0.###", CultureInfo.InvariantCulture),
            "end"
        );
        yield return Text(Left - 4, top + Panel, "0", "end");
        yield return Text(4, top + Panel + 13, unit);
        for (var i = 0; i < lists.Count; i++)
        {
            yield return Path(
                $"line {lists[i].Kind}",
                Line(lists[i].Points.Select(p => (p.X, top + Panel - (p.Value / most * Panel))))
            );
            yield return Path($"line {lists[i].Kind}", $"M{N(Left + Width + 8)} {N(top + 8 + (i * 16))}h14");
            yield return Text(Left + Width + 26, top + 12 + (i * 16), lists[i].Name);
        }
    }

    private static EvidenceTable Numbers(IReadOnlyList<Window> windows) =>
        new(
            "Each window of the workload",
            ["from s", "tx/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "in flight", "retries", "deadlocks"],
            [
                .. windows.Select(w =>
                    new[]
                    {
                        w.Start,
                        w.OpsPerSec,
                        P(w, 50),
                        P(w, 95),
                        P(w, 99),
                        P(w, 100),
                        w.MostInFlight,
                        w.Retried,
                        w.Deadlocks,
                    }
                        .Select(n => double.IsFinite(n) ? n.ToString("0.##", CultureInfo.InvariantCulture) : "none")
                        .ToArray()
                ),
            ]
        );

    private static double P(Window window, double percent) => WorkloadMetrics.Percentile(window.Latencies, percent);
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Specs.Support.Contracts;
using static Specs.Support.Reports.Html;
using static Specs.Support.Reports.Pictures.Svg;

namespace Specs.Support.Reports.Pictures;

/// <summary>The circle of a deadlock, out of the server's log: an arrow goes from who waits to who blocks.</summary>
internal static partial class LockGraph
{
    private const double Size = 260, Radius = 90;

    /// <summary>The picture of one deadlock with its numbers as a table; null where the text tells of none.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="text">A finding, or a slice of the log.</param>
    internal static XElement? Of(string id, string text)
    {
        var edges = Edge()
            .Matches(text)
            .Select(m => (Waiter: m.Groups[1].Value, Lock: m.Groups[2].Value, Blocker: m.Groups[3].Value))
            .ToList();
        if (edges.Count == 0)
        {
            return null;
        }

        var statements = Statement()
            .Matches(text)
            .GroupBy(m => m.Groups[1].Value)
            .ToDictionary(g => g.Key, g => g.First().Groups[2].Value.Trim());
        var processes = edges.SelectMany(e => new[] { e.Waiter, e.Blocker }).Distinct().ToList();
        (double X, double Y) At(string process)
        {
            var angle = processes.IndexOf(process) * 2 * Math.PI / processes.Count;
            return (Size + (Radius * Math.Sin(angle) * 1.8), (Size / 2) - (Radius * Math.Cos(angle)));
        }

        return Element(
            "figure",
            Drawing(
                id,
                2 * Size,
                Size,
                "The lock graph of the deadlock",
                string.Join("; ", edges.Select(e => $"process {e.Waiter} waits for process {e.Blocker}")),
                edges.Select(e => Arrow(At(e.Waiter), At(e.Blocker))),
                processes.Select(p =>
                    new object[]
                    {
                        new XElement(
                            "circle",
                            Class("node"),
                            With("cx", N(At(p).X)),
                            With("cy", N(At(p).Y)),
                            With("r", 26)
                        ),
                        Text(At(p).X, At(p).Y + 4, p, "middle"),
                    }
                )
            ),
            Element("figcaption", "Who waits (tail of an arrow) for whom (its head), by server process."),
            Table(
                new EvidenceTable(
                    "The lock graph of the deadlock",
                    ["process", "waits for", "blocked by", "its statement"],
                    [
                        .. edges.Select(e =>
                            new[] { e.Waiter, e.Lock, e.Blocker, statements.GetValueOrDefault(e.Waiter, "") }
                        ),
                    ]
                )
            )
        );
    }

    private static XElement Arrow((double X, double Y) from, (double X, double Y) to)
    {
        // Bent a little, so that two that wait for each other have two arrows.
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        var (ux, uy) = (dx / length, dy / length);
        var (mx, my) = (((from.X + to.X) / 2) - (uy * 22), ((from.Y + to.Y) / 2) + (ux * 22));
        var (hx, hy) = (to.X - (ux * 27) - (uy * 8), to.Y - (uy * 27) + (ux * 8));
        return Path("arrow", $"M{N(from.X)} {N(from.Y)}Q{N(mx)} {N(my)} {N(hx)} {N(hy)}"
            + $"M{N(hx - (ux * 10) - (uy * 6))} {N(hy - (uy * 10) + (ux * 6))}L{N(hx)} "
            + $"{N(hy)}L{N(hx - (ux * 10) + (uy * 5))} {N(hy - (uy * 10) - (ux * 5))}");
    }

    [GeneratedRegex(@"Process (\d+) waits for (.+?); blocked by process (\d+)\.")]
    private static partial Regex Edge();

    [GeneratedRegex(@"Process (\d+): (.+)")]
    private static partial Regex Statement();
}

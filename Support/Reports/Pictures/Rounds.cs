using System.Globalization;
using System.Xml.Linq;
using static Specs.Support.Reports.Html;
using static Specs.Support.Reports.Pictures.Svg;

namespace Specs.Support.Reports.Pictures;

/// <summary>
/// Turns of a bench on one logarithmic scale: a row for each driver, a mark for each turn, a line through the medians.
/// </summary>
internal static class Rounds
{
    private const double Left = 190, Width = 480, Row = 15, Gap = 24;

    /// <summary>The picture.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="turns">Of each workload and driver the figures of its turns, with their median, in the order of the
    /// rows.</param>
    internal static XElement Of(
        string id,
        string title,
        IReadOnlyList<(string Workload, string By, double Median, IReadOnlyList<double> Values)> turns
    )
    {
        var all = turns.SelectMany(t => t.Values).ToList();
        var (low, high) = (
            Math.Floor(Math.Log10(all.Min())),
            Math.Max(Math.Ceiling(Math.Log10(all.Max())), Math.Floor(Math.Log10(all.Min())) + 1)
        );
        double X(double value) => Left + ((Math.Log10(value) - low) / (high - low) * Width);
        var drawn = new List<object>();
        var y = 4.0;
        foreach (var workload in turns.GroupBy(t => t.Workload))
        {
            y += Gap;
            drawn.Add(Text(4, y - 12, workload.Key));
            var rows = workload.Select((t, i) => (Turn: t, Y: y + (i * Row))).ToList();
            drawn.AddRange(rows.Select(r => Text(Left - 8, r.Y + 3, r.Turn.By, "end")));
            drawn.Add(Path("line p50", Line(rows.Select(r => (X(r.Turn.Median), r.Y)))));
            drawn.AddRange(
                rows.Select(r =>
                    Path("span ok", string.Concat(r.Turn.Values.Select(v => $"M{N(X(v) - 1)} {N(r.Y)}h2")))
                )
            );
            drawn.AddRange(
                rows.Select(r =>
                    Text(
                        Left + Width + 6,
                        r.Y + 3,
                        r.Turn.Median.ToString(r.Turn.Median < 100 ? "0.##" : "0", CultureInfo.InvariantCulture)
                    )
                )
            );
            y += (rows.Count - 1) * Row;
        }

        var decades = Enumerable.Range((int)low, (int)(high - low) + 1).Select(d => Math.Pow(10, d)).ToList();
        return Element(
            "figure",
            Drawing(
                id,
                Left + Width + 60,
                y + 34,
                title,
                "A mark for each turn, from left (slow) to right (fast); the table has the numbers.",
                decades.Select(d => Path("axis", $"M{N(X(d))} 10V{N(y + 10)}")),
                drawn,
                decades.Select(d => Text(X(d), y + 24, d.ToString("0.###", CultureInfo.InvariantCulture), "middle"))
            ),
            Element(
                "figcaption",
                $"{title}. A mark for each turn, a line through the medians, on a logarithmic scale; the number is the "
                    + $"median."
            )
        );
    }
}

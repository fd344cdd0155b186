using System.Globalization;
using System.Xml.Linq;
using static Specs.Support.Reports.Pictures.Svg;

namespace Specs.Support.Reports.Pictures;

/// <summary>The throughput of a workload over time, as small as a word.</summary>
internal static class Sparkline
{
    private const double Width = 180, Height = 36, Margin = 3;

    /// <summary>The picture; null where nothing was measured.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="throughput">Committed transactions a second, window by window.</param>
    internal static XElement? Of(string id, IReadOnlyList<double> throughput)
    {
        if (throughput.Count == 0)
        {
            return null;
        }

        var most = Math.Max(throughput.Max(), 1e-9);
        var step = (Width - (2 * Margin)) / Math.Max(throughput.Count - 1, 1);
        return Drawing(id, Width, Height, "Throughput over time", string.Create(CultureInfo.InvariantCulture,
                $"Transactions a second from the start to the end of the workload: {throughput.Min():0} at the least, "
                    + $"{most:0} at the most."),
            Path("axis", $"M{N(Margin)} {N(Height - Margin)}h{N(Width - (2 * Margin))}"),
            Path("line throughput", Line(throughput.Select((v, i) =>
                (Margin + (i * step), Height - Margin - (v / most * (Height - (2 * Margin))))))));
    }
}

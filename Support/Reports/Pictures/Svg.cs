using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Configuration;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports.Pictures;

/// <summary>What the pictures share: a drawing that also says in words what it shows, scales and lines.</summary>
internal static class Svg
{
    /// <summary>A drawing.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="width">In the drawing's own units; it takes the width that it is given.</param>
    /// <param name="height">In the same.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, for who cannot see it.</param>
    /// <param name="content">What is drawn.</param>
    internal static XElement Drawing(
        string id,
        double width,
        double height,
        string title,
        string description,
        params object?[] content
    ) =>
        Element(
            "svg",
            With("viewBox", $"0 0 {N(width)} {N(height)}"),
            With("role", "img"),
            With("aria-labelledby", $"{id}-t {id}-d"),
            Element("title", With("id", id + "-t"), title),
            Element("desc", With("id", id + "-d"), description),
            content
        );

    internal static XElement Text(double x, double y, string text, string anchor = "start") =>
        Element("text", With("x", N(x)), With("y", N(y)), With("text-anchor", anchor), text);

    internal static XElement Path(string kind, string d) => new("path", Class(kind), With("d", d));

    /// <summary>A line through points; one that is not known leaves a gap.</summary>
    internal static string Line(IEnumerable<(double X, double Y)> points)
    {
        var pen = 'M';
        return string.Concat(points.Select(p =>
        {
            var step = double.IsFinite(p.Y) ? $"{pen}{N(p.X)} {N(p.Y)}" : "";
            pen = double.IsFinite(p.Y) ? 'L' : 'M';
            return step;
        }));
    }

    /// <summary>The next number above that is easy to read: 1, 2 or 5 times a power of ten.</summary>
    internal static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-3))));
        return new[] { 1.0, 2, 5, 10 }.Select(f => f * power).First(n => n >= value * 0.9999);
    }

    /// <summary>A drawing outside the page, as a file: with the page's colours, and no longer anonymous.</summary>
    internal static string Alone(XElement drawing)
    {
        var copy = new XElement(drawing);
        copy.AddFirst(Element("style", new Verbatim(Resources.Text("Page/page.css"))));
        return copy.ToString(SaveOptions.DisableFormatting)
            .Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal);
    }

    internal static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Reflection;

namespace Specs.Support.Configuration;

/// <summary>The files that are embedded in the assembly, so that the suite runs from its output folder alone.</summary>
internal static class Resources
{
    /// <summary>The names of those in a folder, in their order.</summary>
    /// <param name="folder">What their names begin with, for example "SeededFaults/".</param>
    internal static IEnumerable<string> In(string folder) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The text of one of them.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    internal static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"There is no file '{name}' in the suite.");
        return new StreamReader(stream).ReadToEnd();
    }
}

using System.Reflection;

namespace Specs.Support.Configuration;

/// <summary>The files that are embedded in the assembly, so that the suite runs from its output folder alone.</summary>
internal static class Resources
{
    /// <summary>The names of those in a folder, in their order.</summary>
    /// <param name="folder">What their names begin with, for example "SeededFaults/".</param>
    internal static IEnumerable<string> In(string folder) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Where the seeded faults lie.</summary>
    internal const string SeededFaultFolder = "SeededFaults/";

    /// <summary>
    /// The names of the seeded faults, which are those of their files; what begins with _ is no fault.
    /// </summary>
    internal static IReadOnlyList<string> SeededFaults { get; } = [.. In(SeededFaultFolder)
        .Select(n => n[SeededFaultFolder.Length..]).Where(n => !n.StartsWith('_'))];

    /// <summary>The text of one of them.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    internal static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"There is no file '{name}' in the suite.");
        return new StreamReader(stream).ReadToEnd();
    }
}

using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Reports;

/// <summary>
/// The order in which features run and are shown: those of the plan, the races, what is defined, random statements,
/// what it costs, then the rest; the scenarios of each in the order of their file.
/// </summary>
public static class ReadingOrder
{
    // What the names of files begin with; those of the plan begin with their number. The empty one stands for the rest.
    private static readonly string[] Beginnings =
        ["1-", "2-", "3-", "4-", "5-", "Races/", "Defining", "Random", "Cost", "", "Faults/", "Bench/", "Suite/"];

    private static readonly Lazy<Dictionary<(string Feature, string Name), int>> Places = new(() => FeatureText.All()
        .SelectMany(f => f.Scenarios.Select(s => (f.Title, s.Id.Name)).Prepend((f.Title, ""))).Distinct().Index()
        .ToDictionary(s => s.Item, s => s.Index));

    /// <summary>The place of a feature or of one of its scenarios; those that no feature file has come last.</summary>
    /// <param name="feature">The title of the feature.</param>
    /// <param name="name">The title of the scenario as the feature has it; empty for the feature.</param>
    public static int PlaceOf(string feature, string name = "") =>
        Places.Value.GetValueOrDefault((feature, name), int.MaxValue);

    /// <summary>The place of a scenario.</summary>
    public static int PlaceOf(ScenarioId scenario) => PlaceOf(scenario.Feature, scenario.Name);

    /// <summary>The embedded feature files in their order.</summary>
    internal static IEnumerable<string> Files() => Resources.In(FeatureText.Folder).OrderBy(name =>
    {
        var file = name[FeatureText.Folder.Length..];
        var place = Array.FindIndex(Beginnings, b => b.Length > 0 && file.StartsWith(b, StringComparison.Ordinal));
        return place < 0 ? Array.IndexOf(Beginnings, "") : place;
    });
}

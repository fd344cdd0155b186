using System.Globalization;
using ArchUnitNET.Loader;
using Shouldly;

namespace Specs.StepDefinitions.Suite;

/// <summary>Who uses whom, by the compiled assembly.</summary>
[Binding]
public sealed class ArchitectureSteps
{
    private const string Support = "Specs.Support.";

    // Reading the assembly takes seconds, and it does not change while it runs.
    private static readonly Lazy<List<Use>> Uses = new(() => [.. new ArchLoader()
        .LoadAssemblies(typeof(ArchitectureSteps).Assembly).Build().Types.SelectMany(type => type.Dependencies)
        .Select(d => new Use(d.Origin.FullName, d.Target.FullName)).Where(u => RoomOf(u.From) is not null).Distinct()]);

    [Then(@"^no type uses a later tier$")]
    public void ThenForwards(DataTable table)
    {
        var tiers = table
            .Rows.SelectMany(row =>
                Names(row["rooms"]).Select(room => (room, Tier: int.Parse(row["tier"], CultureInfo.InvariantCulture)))
            )
            .ToDictionary(r => r.room, r => r.Tier);
        Uses.Value.Select(u => RoomOf(u.From)!).Distinct().ShouldBeSubsetOf(tiers.Keys);
        ShouldBeNone(Uses.Value.Where(u => RoomOf(u.To) is { } to && tiers[to] > tiers[RoomOf(u.From)!]));
    }

    [Then(@"^no rooms use each other in a circle$")]
    public void ThenNoCircle()
    {
        var next = Uses
            .Value.Where(u => RoomOf(u.To) is { } to && to != RoomOf(u.From))
            .ToLookup(u => RoomOf(u.From)!, u => RoomOf(u.To)!);
        ShouldBeNone(
            Uses.Value.Where(u =>
                RoomOf(u.To) is { } to && to != RoomOf(u.From) && Reachable(to, next).Contains(RoomOf(u.From)!)
            )
        );
    }

    [Then(@"^no type of (\w+) uses ([\w, ]+)$")]
    public void ThenUnknown(string room, string others) => ShouldBeNone(Uses.Value
        .Where(u => RoomOf(u.From) == room && Names(others).Any(other => RoomOf(u.To) == other || IsIn(u.To, other))));

    [Then(@"^only ([\w, ]+) and (\w+) use (\w+)$")]
    public void ThenOnly(string rooms, string last, string package) => ShouldBeNone(Uses.Value
        .Where(u => IsIn(u.To, package) && !Names(rooms).Append(last).Contains(RoomOf(u.From))));

    private static void ShouldBeNone(IEnumerable<Use> wrong) =>
        wrong.Select(u => $"{u.From} -> {u.To}").Order().ShouldBeEmpty();

    private static string[] Names(string list) => list.Split(", ");

    private static bool IsIn(string type, string package) =>
        type.StartsWith(package + '.', StringComparison.OrdinalIgnoreCase);

    // The folder below Support; null for what is none of the suite's own.
    private static string? RoomOf(string type) =>
        type.StartsWith("Specs.StepDefinitions.", StringComparison.Ordinal) ? "StepDefinitions"
        : type.StartsWith(Support, StringComparison.Ordinal) ? type[Support.Length..].Split('.')[0]
        : null;

    private static HashSet<string> Reachable(string room, ILookup<string, string> next)
    {
        var seen = new HashSet<string>();
        for (var open = new Stack<string>([room]); open.TryPop(out var at);)
        {
            next[at].Where(seen.Add).ToList().ForEach(open.Push);
        }

        return seen;
    }

    private sealed record Use(string From, string To);
}

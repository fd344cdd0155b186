using System.Globalization;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>
/// Bounded: after the last tenth of a long load no more is in use than after the second. Of the last two the one that
/// shows less counts: a vacuum that met somebody's snapshot leaves dead rows to the next one, and what is kept for good
/// is there after both.
/// </summary>
public sealed class Boundedness : IChecker
{
    private const int Second = 2;
    private static readonly int[] Last = [9, 10];

    // What a cache or a file may still grow by until it is as large as it gets.
    private const double Tolerance = 1.1;

    /// <inheritdoc/>
    public Contract Contract => Contract.Bounded;

    /// <inheritdoc/>
    public string Claim => "memory, relations, locks and cached plans have stopped growing";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.Resources.Count > 0 ? null : "nobody has looked at what the sessions use";

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) => Task.FromResult(Check(evidence.Resources));

    /// <summary>Judges what was seen.</summary>
    /// <param name="looks">What was in use when; of several backends the one that uses most counts.</param>
    public CheckResult Check(IReadOnlyCollection<ResourceLook> looks)
    {
        var figures = looks.GroupBy(l => l.Figure)
            .Select(f => (
                Name: f.Key,
                Most: f.GroupBy(l => l.Tenth).ToDictionary(t => t.Key, t => t.Max(l => l.Value))))
            .Where(f => Last.Append(Second).All(f.Most.ContainsKey))
            .Select(f => (f.Name, Then: f.Most[Second], AtLast: Last.Min(tenth => f.Most[tenth])))
            .ToList();
        var missing = ResourceUse.Figures.Keys.Except(figures.Select(f => f.Name)).ToList();
        var grown = figures
            .Where(f => f.AtLast > f.Then * Tolerance + ResourceUse.Figures[f.Name])
            .Select(f => string.Create(CultureInfo.InvariantCulture,
                $"{f.Name}: {f.Then} after the second tenth, {f.AtLast} after the last"))
            .ToList();
        return grown.Count > 0 || missing.Count == 0 ? CheckResult.From(this, grown)
            : CheckResult.Unknown(this,
                $"not seen after the second and the last two tenths: {string.Join(", ", missing)}");
    }

    /// <summary>What was in use after each tenth, a line for each figure.</summary>
    /// <param name="looks">What was seen.</param>
    public static string Summary(IReadOnlyCollection<ResourceLook> looks) => string.Join('\n', looks
        .GroupBy(l => l.Figure)
        .Select(f => $"{f.Key}, after each tenth: " + string.Join(", ", f
            .GroupBy(l => l.Tenth)
            .OrderBy(t => t.Key)
            .Select(t => t.Max(l => l.Value)))));
}

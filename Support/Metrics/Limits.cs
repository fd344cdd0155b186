using System.Globalization;
using System.Text.Json;
using Specs.Support.Configuration;
using Specs.Support.Contracts;

namespace Specs.Support.Metrics;

/// <summary>
/// What a figure may be at the most. Ratios and counts only: an absolute time would judge the machine.
/// </summary>
/// <param name="Figure">One of <see cref="Limits.Figures"/>.</param>
/// <param name="Most">The largest allowed value; null where the figure is not judged.</param>
/// <param name="Scenario">Words of the scenarios for which it stands; null for all. The last limit that fits a scenario
/// counts.</param>
/// <param name="Transactions">How many transactions must have committed for the figure to mean anything.</param>
/// <param name="Why">The reason for this number.</param>
public sealed record Limit(string Figure, double? Most, string? Scenario, int? Transactions, string Why)
{
    internal bool Fits(WorkloadMetrics row) =>
        row.TestName.Contains(Scenario ?? "", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The limits of a run's figures, out of limits.json.</summary>
public static class Limits
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Func<WorkloadMetrics, double?>> ByName = new()
    {
        ["deadlocks"] = m => m.Deadlocks,
        ["p95/p50"] = m => m.P95LatencyMs / m.P50LatencyMs,
        ["cost of maintenance"] = m => m.MaintenanceCost,
        ["WAL of maintenance"] = m => m.WalCost,
    };

    /// <summary>The figures that can be limited.</summary>
    public static IReadOnlyCollection<string> Figures => ByName.Keys;

    /// <summary>Reads a settings file.</summary>
    /// <exception cref="UserError">It cannot be read, or limits something that is not measured.</exception>
    public static IReadOnlyList<Limit> Read(string path)
    {
        try
        {
            var limits = JsonSerializer.Deserialize<List<Limit>>(File.ReadAllText(path), Format) ?? [];
            return limits.FirstOrDefault(l => l.Figure is null || !ByName.ContainsKey(l.Figure)) is { } wrong
                ? throw new UserError(
                    $"{path} limits '{wrong.Figure}', which is no figure; it may limit {string.Join(", ", Figures)}."
                )
                : limits;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"The limits in {path} cannot be read ({e.Message}); it is a JSON list of figure, "
                + "most, scenario, transactions and why.");
        }
    }

    /// <summary>Judges the rows of a run, one result for each figure.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="rows">The figures of the run's workloads.</param>
    /// <returns>A figure that no row of this run has is unknown.</returns>
    public static IReadOnlyList<CheckResult> Check(IReadOnlyList<Limit> limits, IReadOnlyList<WorkloadMetrics> rows) =>
    [
        .. limits.Select(l => l.Figure).Distinct().Select(figure =>
        {
            var judged = (from row in rows
                          let limit = limits.LastOrDefault(l => l.Figure == figure && l.Fits(row))
                          let value = ByName[figure](row)
                          where limit?.Most is not null && value is not null && row.Ok >= (limit.Transactions ?? 0)
                          select (row, limit, Value: value.Value)).ToList();
            var claim = $"Limit: {figure}";
            return judged.Count == 0 ? CheckResult.Unknown(claim, "no workload of this run has it")
                : CheckResult.From(claim, [.. judged.Where(j => !(j.Value <= j.limit.Most)).Select(j => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{j.row.TestName}: {figure} is {j.Value:0.##}, and {j.limit.Most} is the most ({j.limit.Why})"))]);
        }),
    ];
}

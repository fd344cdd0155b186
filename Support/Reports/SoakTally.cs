using System.Diagnostics;
using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Model;

namespace Specs.Support.Reports;

/// <summary>The count of a soak: every scenario again and again, each time with another seed.</summary>
/// <param name="repetitions">How often every scenario runs here; null where they have run already, elsewhere.</param>
/// <param name="asked">In words: which repetitions of how many.</param>
public sealed class SoakTally(int? repetitions, string asked)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ScenarioId, List<ScenarioResult>> _scenarios = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _told = Stopwatch.GetTimestamp();
    private double _repetitionsDone;

    /// <summary>Counts a scenario's end.</summary>
    public void Add(ScenarioResult result)
    {
        _scenarios.TryAdd(result.Scenario, []);
        // The pictures of all repetitions would fill the memory.
        _scenarios[result.Scenario].Add(result with { Pictures = [], Broken = [], Log = null });
        _repetitionsDone = _scenarios.Values.Average(s => s.Count);
    }

    /// <summary>Whether it is the only one of its scenario so far.</summary>
    public bool IsFirst(ScenarioResult result) => _scenarios[result.Scenario].Count == 1;

    /// <summary>Whether a scenario has failed before in the same way.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="title">What was found: the contract and the claim.</param>
    internal bool HasFailed(ScenarioId scenario, string title) =>
        _scenarios.TryGetValue(scenario, out var results)
        && results.Exists(r => r.Outcome == "failed" && r.Problem?.Contains(title, StringComparison.Ordinal) == true);

    /// <summary>How many ended so.</summary>
    public int Count(string outcome) => _scenarios.Values.Sum(s => s.Count(r => r.Outcome == outcome));

    /// <summary>A line for who watches: now and then, and after a whole repetition.</summary>
    public string? Progress()
    {
        var whole = _repetitionsDone % 1 == 0 && _repetitionsDone > 1;
        if (repetitions is null || (!whole && Stopwatch.GetElapsedTime(_told) < Pause))
        {
            return null;
        }

        _told = Stopwatch.GetTimestamp();
        var elapsed = Stopwatch.GetElapsedTime(_began);
        // In the first repetition nobody knows yet how many scenarios there are.
        var left = _scenarios.Values.Any(s => s.Count > 1)
            ? $"about {elapsed * ((repetitions.Value - _repetitionsDone) / _repetitionsDone):hh\\:mm\\:ss} left"
            : "time left not known yet";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"soak     {_scenarios.Values.Max(s => s.Count)} of {repetitions} repetitions, "
                + $"{_scenarios.Values.Sum(s => s.Count)} scenarios done, {Count("failed")} failed, "
                + $"{elapsed:hh\\:mm\\:ss} elapsed, {left}"
        );
    }

    /// <summary>
    /// Whether every scenario ran as often as was asked for; one that stopped at a failure has failed already.
    /// </summary>
    public CheckResult Check() =>
        CheckResult.From(
            "Soak: every scenario ran in every repetition",
            repetitions is null || Count("failed") > 0
                ? []
                :
                [
                    .. _scenarios
                        .Where(s => s.Value.Count != repetitions)
                        .Select(s => $"{s.Key} ran {s.Value.Count} times, not {repetitions}"),
                ]
        );

    /// <summary>What it proves, in plain words.</summary>
    public List<string> Summary() =>
    [
        $"soak     {asked}; {Count("passed")} scenarios passed, {Count("failed")} failed, {Count("skipped")} skipped",
        .. _scenarios.Select(s => $"         {s.Key}: {Sentence(s.Value)}"),
        "         (Without a failure that is the rule of three, 3 in n. It holds for this machine and this load.)",
    ];

    /// <summary>The same with the figures.</summary>
    public EvidenceTable Table() =>
        new(
            $"{asked}; figures are medians over the repetitions",
            ["scenario", "passed", "failed", "skipped", "what that proves", "tx/s", "p95 ms", "seeds that failed"],
            [
                .. _scenarios.Select(s =>
                    new[]
                    {
                        s.Key.ToString(),
                        N(s.Value.Count(r => r.Outcome == "passed")),
                        N(s.Value.Count(r => r.Outcome == "failed")),
                        N(s.Value.Count(r => r.Outcome == "skipped")),
                        Sentence(s.Value),
                        Median(s.Value, m => m.OpsPerSec),
                        Median(s.Value, m => m.P95LatencyMs),
                        string.Join(", ", s.Value.Where(r => r.Outcome == "failed").Select(r => N(r.Seed))),
                    }
                ),
            ]
        );

    private static string Sentence(List<ScenarioResult> results) =>
        Confidence.Sentence(results.Count(r => r.Outcome != "skipped"), results.Count(r => r.Outcome == "failed"));

    private static string Median(List<ScenarioResult> results, Func<WorkloadMetrics, double?> figure) =>
        results.SelectMany(r => r.Metrics).Select(figure).OfType<double>().Order().ToList() is { Count: > 0 } values
            ? WorkloadMetrics.Percentile(values, 50).ToString("0", CultureInfo.InvariantCulture) : "";

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Xml.Linq;
using Specs.Support.Checks;
using Specs.Support.Metrics;

namespace Specs.Support.Reports;

/// <summary>How one step of a scenario ended; those after a failed one did not run and have no result.</summary>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StepResult(string Outcome, double Seconds);

/// <summary>One scenario as the report shows it.</summary>
/// <param name="Feature">Its feature's title.</param>
/// <param name="Title">Its own, with the values of an outline's row.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Duration">From its first hook to its last.</param>
/// <param name="Metrics">The figures of its workloads.</param>
/// <param name="Problem">Why it failed or was skipped; null where it passed.</param>
public sealed record ScenarioResult(
    string Feature, string Title, string Outcome, TimeSpan Duration, IReadOnlyList<WorkloadMetrics> Metrics, string? Problem)
{
    /// <summary>Its title as the feature has it, with placeholders.</summary>
    public string Name { get; init; } = Title;

    /// <summary>The values of an outline's row, by the names of their columns.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>How its steps ended, as far as they ran.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>The contracts that broke, with their evidence; empty also where another error ended the scenario.</summary>
    public IReadOnlyList<CheckResult> Broken { get; init; } = [];

    /// <summary>The pictures of its workloads.</summary>
    public IReadOnlyList<XElement> Pictures { get; init; } = [];

    /// <summary>The end of the server's log of a failed scenario; null where there is none.</summary>
    public string? Log { get; init; }

    /// <summary>The seed with which it ran.</summary>
    public int Seed { get; init; }

    /// <summary>Which repetition it was, from 1.</summary>
    public int Repetition { get; init; } = 1;

    /// <summary>What runs it again with the same random numbers.</summary>
    // The names of tests are the words of titles run together, so a filter is made of words.
    public string Replay => $"./specs run --filter \"{string.Join(' ', string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries))}\" --seed {Seed}";

    /// <summary>The same as a line of results.jsonl.</summary>
    public ScenarioLine Line => new(Feature, Title, Outcome, Duration.TotalSeconds, Problem)
    {
        Name = Name,
        Values = Values,
        Steps = Steps,
        Broken = Broken,
        Log = Log,
        Seed = Seed,
        Repetition = Repetition,
    };
}

/// <summary>One line of results.jsonl: how a scenario ended. What a report shows, but for figures and pictures.</summary>
/// <param name="Feature">Its feature's title.</param>
/// <param name="Title">Its own, with the values of an outline's row.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Seconds">From its first hook to its last.</param>
/// <param name="Problem">Why it failed or was skipped; null where it passed.</param>
public sealed record ScenarioLine(string Feature, string Title, string Outcome, double Seconds, string? Problem)
{
    /// <summary>Its title as the feature has it.</summary>
    public string Name { get; init; } = Title;

    /// <summary>The values of an outline's row.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>How its steps ended.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>The contracts that broke.</summary>
    public IReadOnlyList<CheckResult> Broken { get; init; } = [];

    /// <summary>The end of the server's log.</summary>
    public string? Log { get; init; }

    /// <summary>The seed with which it ran.</summary>
    public int Seed { get; init; }

    /// <summary>Which repetition it was, from 1.</summary>
    public int Repetition { get; init; } = 1;

    /// <summary>The same as a report takes it.</summary>
    /// <param name="metrics">The figures of its workloads.</param>
    public ScenarioResult Result(IReadOnlyList<WorkloadMetrics> metrics) =>
        new(Feature, Title, Outcome, TimeSpan.FromSeconds(Seconds), metrics, Problem)
        {
            Name = Name,
            Values = Values,
            Steps = Steps,
            Broken = Broken,
            Log = Log,
            Seed = Seed,
            Repetition = Repetition,
        };
}

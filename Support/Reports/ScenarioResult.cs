using System.Text.Json.Serialization;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Model;

namespace Specs.Support.Reports;

/// <summary>How one step of a scenario ended; those after a failed one did not run and have no result.</summary>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StepResult(string Outcome, double Seconds);

/// <summary>What a check concluded about a contract.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Verdict">The conclusion.</param>
public sealed record ContractVerdict(Contract Contract, Verdict Verdict);

/// <summary>How a scenario ended: one line of results.jsonl.</summary>
/// <param name="Scenario">Which scenario.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Seconds">From its first hook to its last.</param>
/// <param name="Problem">Why it failed or was skipped; null where it passed.</param>
public record ScenarioLine(ScenarioId Scenario, string Outcome, double Seconds, string? Problem)
{
    /// <summary>How its steps ended, as far as they ran.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>
    /// The contracts that broke, with their evidence; empty also where another error ended the scenario.
    /// </summary>
    public IReadOnlyList<CheckResult> Broken { get; init; } = [];

    /// <summary>What was concluded about contracts, good and bad.</summary>
    public IReadOnlyList<ContractVerdict> Judged { get; init; } = [];

    /// <summary>The end of the server's log of a failed scenario; null where there is none.</summary>
    public string? Log { get; init; }

    /// <summary>The command that ran it, with the options on which its outcome rests.</summary>
    public string Command { get; init; } = "./specs run";

    /// <summary>The seed with which it ran.</summary>
    public int Seed { get; init; }

    /// <summary>Which repetition it was, from 1.</summary>
    public int Repetition { get; init; } = 1;

    /// <summary>The engine, where results of several are together; null in a run of its own.</summary>
    public string? Engine { get; init; }

    /// <summary>What runs it again with the same random numbers.</summary>
    [JsonIgnore]
    public string Replay => $"{Command} --filter \"{Scenario.Words}\" --seed {Seed}";
}

/// <summary>The same with what only the report of its own run shows.</summary>
public sealed record ScenarioResult : ScenarioLine
{
    /// <summary>Adds it.</summary>
    /// <param name="line">How the scenario ended.</param>
    /// <param name="metrics">The figures of its workloads.</param>
    public ScenarioResult(ScenarioLine line, IReadOnlyList<WorkloadMetrics> metrics)
        : base(line) => Metrics = metrics;

    /// <summary>The figures of its workloads.</summary>
    public IReadOnlyList<WorkloadMetrics> Metrics { get; }

    /// <summary>What is said below its end, a line each, such as how many permutations its race took.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The pictures of its workloads.</summary>
    public IReadOnlyList<XElement> Pictures { get; init; } = [];

    /// <summary>Committed transactions a second of its largest workload, window by window; empty without one.</summary>
    public IReadOnlyList<double> Throughput { get; init; } = [];
}

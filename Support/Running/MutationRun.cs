using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Workloads;

namespace Specs.Support.Running;

/// <summary>
/// Runs the suite's own features against engines that are broken on purpose, each in a process and on a server of its
/// own: what is proved is what a user runs, from the options to the exit. Mutation testing's idea, with mutants that
/// people have really written.
/// </summary>
/// <param name="run">The run that asks for it.</param>
/// <param name="child">Runs the features.</param>
public sealed class MutationRun(Run run, ChildRun child)
{
    // Not a time that anything must meet: a broken engine may make sessions wait for ever, and that is a finding too.
    // (Three runs at once on two processors are slow.)
    private const int SecondsToStall = 40;

    // A run waits for its processes to start, most of the time, or for sessions that wait for each other.
    private const int AtOnce = 2;

    // What is drawn by the seed may have to be drawn for a while; it ends with the first finding.
    private const int SecondsToSearch = 300;
    private const string SearchedFor = "Races that nobody wrote";

    private readonly List<Kill> _kills = [];

    /// <summary>What ran against the sound engine.</summary>
    public IReadOnlyList<ScenarioLine> Sound { get; private set; } = [];

    /// <summary>The seeded faults that the run was asked for, of those its share.</summary>
    public IReadOnlyList<SeededFault> Faults => [.. NamesOf(run.Options).Select(SeededFault.Named)];

    /// <summary>The names of the faults that a run was asked for: all, or one; of those its share.</summary>
    public static IReadOnlyList<string> NamesOf(RunOptions options) =>
        options.FaultShard.Share(SeededFault.Names.Where(n => options.Fault is null || n == options.Fault));

    /// <summary>
    /// For each contract one of them, drawn by the seed of the run: over time all have their turn, but for those that
    /// have to be searched for.
    /// </summary>
    public IReadOnlyList<SeededFault> OneForEachContract()
    {
        var random = new Random(run.Options.Seed);
        var faults = Faults.Where(f => f.Feature != SearchedFor).ToLookup(f => f.Contract);
        return [.. Contract.All.Where(faults.Contains).Select(c => faults[c].ToList().Pick(random))];
    }

    /// <summary>Runs, against each of some faults, the scenario that its file names, and more if wanted.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="all">Whether all other features run as well, once, also against the sound engine.</param>
    public async Task RunAsync(IReadOnlyList<SeededFault> faults, bool all)
    {
        const string everything = "Category!=suite&Category!=bench";
        var times = run.Options.Times;
        Sound = all ? await RunAsync(null, "all", everything, 1) : [];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = all ? 1 : AtOnce };
        var kills = new Kill?[faults.Count];
        await Parallel.ForAsync(0, faults.Count, atOnce, async (i, _) =>
        {
            var fault = faults[i];
            var named = await RunAsync(fault, "named", ScenarioId.FilterOf($"{fault.Feature} {fault.Scenario}"), times);
            var misses = Enumerable
                .Range(1, times)
                .Select(n => WhatNamedScenarioMissed(fault, [.. named.Where(l => l.Repetition == n)]))
                .OfType<string>()
                .ToList();
            var results = all ? await RunAsync(fault, "all", everything, 1) : [.. named.Where(l => l.Repetition == 1)];
            var kill = new Kill(fault, times, times - misses.Count, results, misses.FirstOrDefault());
            lock (kills)
            {
                kills[i] = kill;
                run.Report.Say(string.Create(CultureInfo.InvariantCulture,
                    $"  {(kill.IsCaught ? "caught" : "NOT CAUGHT")} {fault.Name}, {kill.Caught} of {times} times"));
                // After each, so that a run of hours that is cut off has told what it saw.
                new KillMatrix([.. kills.OfType<Kill>()]).Write(run.Report.Folder);
            }
        });
        _kills.AddRange(kills.OfType<Kill>());
        run.Report.Say($"  kill matrix: {Path.Combine(run.Report.Folder, KillMatrix.PageName)}");
    }

    /// <summary>
    /// Whether each fault was caught each time, by the scenario that its file names, for the reason it names.
    /// </summary>
    public CheckResult Check() => Judge(_kills);

    /// <summary>The conclusion from what became of the faults.</summary>
    /// <param name="kills">All of them.</param>
    public static CheckResult Judge(IReadOnlyList<Kill> kills)
    {
        const string claim = "each seeded fault is caught by the scenario that its file names";
        return kills.Count == 0
            ? CheckResult.Unknown(claim, "no fault was tried")
            : CheckResult.From(
                claim,
                [
                    .. kills
                        .Where(k => !k.IsCaught)
                        .Select(k =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{k.Fault.Name} ({k.Fault.Broken}): '{k.Fault.Feature} › {k.Fault.Scenario}' found a "
                                    + $"breach of '{k.Fault.Contract}' in {k.Caught} of {k.Times} runs; otherwise it "
                                    + $"said: {k.Otherwise ?? "nothing"}"
                            )
                        ),
                ]
            );
    }

    /// <summary>Whether a scenario failed with a finding about the contract that the fault breaks.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="line">How the scenario ended.</param>
    public static bool IsCaughtBy(SeededFault fault, ScenarioLine line) => line.Outcome == "failed"
        && line.Broken.Any(r => r.Verdict == Verdict.Fail && r.Contract == fault.Contract);

    /// <summary>Whether nothing failed on the sound engine.</summary>
    public CheckResult CheckSound()
    {
        const string claim = "the sound engine is green";
        return Sound.Count == 0
            ? CheckResult.Unknown(claim, "no scenario ran")
            : CheckResult.From(
                claim,
                [.. Sound.Where(r => r.Outcome == "failed").Select(r => $"{r.Scenario}: {r.Problem}")]
            );
    }

    private async Task<IReadOnlyList<ScenarioLine>> RunAsync(
        SeededFault? fault,
        string what,
        string filter,
        int times
    ) =>
        (
            await child.StartAsync(
                Path.Combine(run.Report.Folder, "proof", $"{fault?.Name ?? "sound"}-{what}"),
                filter,
                new()
                {
                    ["SPECS_FAULT"] = fault?.Name,
                    ["SPECS_REPEAT"] = times.ToString(CultureInfo.InvariantCulture),
                    ["SPECS_KEEP_GOING"] = "1",
                    ["SPECS_STRESS_SECONDS"] = (run.Options.StressSeconds ?? (what == "named" ? SecondsToSearch : null))
                        ?.ToString(CultureInfo.InvariantCulture),
                    ["SPECS_TIMEOUT"] = fault is null ? null : SecondsToStall.ToString(CultureInfo.InvariantCulture),
                }
            )
        ).Lines;

    // What it said instead; null where it caught the fault. Of an outline's rows, one may be the one that fails.
    private static string? WhatNamedScenarioMissed(SeededFault fault, List<ScenarioLine> lines)
    {
        var own = lines.Where(l => l.Scenario.Feature == fault.Feature && l.Scenario.Name == fault.Scenario).ToList();
        return own.Exists(l => IsCaughtBy(fault, l)) ? null : own.Find(l => l.Outcome == "failed")?.Problem
            ?? (own.Count == 0 ? "nothing, because it did not run" : $"that it {own[0].Outcome}");
    }
}

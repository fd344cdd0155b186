using System.Diagnostics;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Hosts;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>
/// The race of a scenario: its sessions' steps, the permutations in which they were taken, what is concluded.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="world">The scenario.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="arenas">Prepares the database.</param>
/// <param name="fleet">Knows the isolation level.</param>
/// <param name="judge">Concludes.</param>
/// <param name="known">Knows what is documented of the engine.</param>
/// <param name="cleanUp">Ends the exploration with the scenario.</param>
/// <param name="requires">Skips the scenario where the server, the engine or the pooler cannot do it.</param>
/// <param name="measurements">What was concluded.</param>
public sealed class RaceStage(
    Run run,
    World world,
    SchemaDriver schema,
    Arenas arenas,
    FleetDriver fleet,
    Judge judge,
    KnownFindings known,
    CleanUp cleanUp,
    Requirements requires,
    Measurements measurements
) : IAsyncDisposable
{
    private const int MostPermutations = 70;

    private ExplorationContext? _arena;
    private Explorer? _explorer;
    private Choice _choice = new([], null);
    private IReadOnlyList<JudgedTrace> _plays = [];
    private Independence? _independence;
    private bool _pooled;

    private string Isolation => fleet.Isolation switch
    {
        System.Data.IsolationLevel.RepeatableRead => "repeatable read",
        System.Data.IsolationLevel.Serializable => "serializable",
        _ => "read committed",
    };

    /// <summary>Whether its transactions are at the server's usual level.</summary>
    public bool IsReadCommitted => Isolation == "read committed";

    /// <summary>The sessions and their steps.</summary>
    public Race Race { get; private set; } = new([]);

    /// <summary>What cannot differ: what is known of the engine and the route, or what a scenario claims.</summary>
    public Independence Independence
    {
        get => _independence ?? Independence.Of(run.Engine.Profile, _pooled);
        set => _independence = value;
    }

    /// <summary>Says how the sessions connect.</summary>
    /// <param name="pooled">Through transaction pooling, with as many server connections as sessions.</param>
    public void Connect(bool pooled) => _pooled = pooled;

    /// <summary>Says what the sessions do.</summary>
    public void Give(Race race)
    {
        if (race.Steps.Any(s => s.Words.StartsWith("merges", StringComparison.Ordinal)))
        {
            requires.MergeStatement();
        }

        if (race.Steps.Any(s => s.Command.Held))
        {
            requires.InjectionPoint();
        }

        Race = race.On(run.Engine);
    }

    /// <summary>Takes the steps in every permutation or, where they are many, in some drawn at random.</summary>
    /// <param name="permutation">The one permutation that the scenario is about; null for all of them.</param>
    /// <param name="times">How often each is taken; more than once, all are taken in one database.</param>
    public async Task RunAsync(string? permutation = null, int times = 1)
    {
        _choice = run.Options.Interleaving is { } id ? new([Permutations.Parse(id, Race)], null)
            : permutation is not null ? Permutations.WithRefresh(permutation, Race)
            : run.Options.AllPermutations
                ? Permutations.Choose(Race, Permutations.MostThatAreMade, run.Seed, Independence, oneIn: 1)
            : Permutations.Choose(Race, MostPermutations, run.Seed, Independence);
        _choice = _choice with { Orders = [.. Enumerable.Repeat(_choice.Orders, times).SelectMany(o => o)] };
        await OpenAsync(times == 1 ? null : 1);
        var began = Stopwatch.GetTimestamp();
        _plays = JudgedTrace.OwedSomewhere(await _explorer!.RunAsync(Race, _choice.Orders));
        var line = new RaceLine(
            world.Scenario,
            Isolation,
            _pooled ? "pooled" : "direct",
            _plays.Select(p => AnomalyMatrix.EndingOf(p, run.Engine.Profile.Retryable)).CountBy(e => e).ToDictionary()
        )
        {
            Of = _choice.Of,
            Classes = _choice.Classes,
            Saved = _choice.Saved,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            Outcomes = [.. _plays.Select(p => p.Outcome(run.Engine.Profile.Retryable)).Distinct().Order()],
        };
        if (!world.IsAboutSuite)
        {
            run.Anomalies.Add(line);
        }

        measurements.Notes.Add(line.Words(run.Seed, Permutations.Count(Race.Sessions.Select(s => s.Steps.Count))));
    }

    /// <summary>Prepares the permutations and does not take them yet.</summary>
    /// <returns>What takes and judges them, and where.</returns>
    internal async Task<(Explorer Explorer, ExplorationContext Arena)> PrepareAsync()
    {
        await OpenAsync();
        return (_explorer!, _arena!);
    }

    private async Task OpenAsync(int? atOnce = null)
    {
        cleanUp.Own(this);
        var pooling = new PoolerOptions(PoolMode.Transaction, false, Race.Sessions.Count, 100);
        _arena = await arenas.OpenAsync(
            Isolation,
            Race.Steps.Any(s => s.Command.Held),
            _pooled ? pooling : null
        );
        _explorer = new(_arena, atOnce);
    }

    /// <summary>Which checkers judged how many of the permutations, a line each.</summary>
    public string Judged => Judgement.Summary(_plays.SelectMany(p => p.Results), "permutations");

    /// <summary>Fails unless every contract held after every permutation. Unknown is a failure.</summary>
    public async Task RequireContractAsync()
    {
        await RequireAsync(
            "every permutation was run and judged",
            play => play.Results.FirstOrDefault(r => r.Verdict != Verdict.Pass)
        );
        judge.Require(
            await Reduction.CheckAsync(_choice, _plays, run.Engine.Profile.Retryable, order =>
                _explorer!.RunAsync(Race.In(order)))
        );
    }

    /// <summary>Fails where a step failed with any other error.</summary>
    /// <param name="declared">The SQLSTATEs with which a step may fail.</param>
    public Task RequireFailuresAsync(IReadOnlyCollection<string> declared) =>
        RequireAsync(
            "every permutation was run",
            play =>
                play.Trace.Refused.FirstOrDefault(s => !declared.Contains(s.SqlState!)) is not { } refused
                    ? null
                    : new(
                        refused.Step.Command.Defines ? Contract.CleanDdl : Contract.Live,
                        $"only declared errors ({(declared.Count == 0 ? "none" : string.Join(", ", declared))}), not "
                            + $"{refused.SqlState}",
                        Verdict.Fail,
                        [
                            $"session {refused.Step.Session}, when it {refused.Step.Words}, failed with "
                                + $"{refused.SqlState}: {refused.Message}",
                        ]
                    )
        );

    /// <summary>Fails where a permutation is not as it is claimed of all of them.</summary>
    /// <param name="claim">The claim, in words.</param>
    /// <param name="holds">Whether it holds of a permutation.</param>
    public Task RequireEveryAsync(string claim, Func<Scheduling.Trace, bool> holds) => RequireAsync(claim, play =>
        holds(play.Trace) ? null : CheckResult.Unknown(claim, "it was not so"));

    /// <summary>Fails where a permutation breaks what a contract claims of all of them.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="claim">The claim, in words.</param>
    /// <param name="breach">The evidence; null where a permutation keeps it.</param>
    internal Task RequireEveryAsync(Contract contract, string claim, Func<JudgedTrace, string?> breach) =>
        RequireAsync(claim, play => breach(play) is { } found ? new(contract, claim, Verdict.Fail, [found]) : null);

    /// <summary>In how many permutations something was so, and in how many not.</summary>
    /// <param name="holds">Whether it is so in one.</param>
    internal (int Of, int All) Count(Func<Scheduling.Trace, bool> holds) =>
        (_plays.Count(p => holds(p.Trace)), _plays.Count);

    /// <summary>Fails unless some permutation is as it is claimed.</summary>
    /// <param name="claim">The claim, in words.</param>
    /// <param name="holds">Whether it holds of a permutation.</param>
    public void RequireSome(string claim, Func<Scheduling.Trace, bool> holds) =>
        judge.Require(
            _plays.Any(p => holds(p.Trace))
                ? CheckResult.From(claim, [])
                : CheckResult.Unknown(claim, $"it was so in none of {_plays.Count} permutations")
        );

    private async Task RequireAsync(string claim, Func<JudgedTrace, CheckResult?> broken)
    {
        if (_plays.Count == 0)
        {
            judge.Require(CheckResult.Unknown(claim, "no permutation was run"));
        }

        var bad = _plays.Where(p => broken(p) is not null).ToList();
        measurements.Judge(_plays.SelectMany(p => p.Results).Concat(bad.Select(p => broken(p)!)));
        if (bad.Count == 0)
        {
            return;
        }

        var (play, result) = await ReduceAsync(bad[0], broken);
        var script = Script.Of(play.Trace, Isolation, run.Engine.RefreshSql);
        var setup = KeepScript(script);
        known.Throw(new BrokenContractException([result], run.Seed,
            $"\n{bad.Count} of {_plays.Count} permutations failed: "
                + $"{string.Join(" ", bad.Take(10).Select(p => p.Trace.Order))}{(bad.Count > 10 ? " …" : "")}\n"
            + $"The first of them, {bad[0].Trace.Order}, reduced to {play.Trace.Steps.Count} of its "
            + $"{bad[0].Trace.Steps.Count} steps:\n\n"
            + $"{script}\n\nThe tables to take it on: {setup}\n"
            + $"To have it again: {world.Command} --filter \"{world.Scenario.Words}\" --interleaving "
            + $"{bad[0].Trace.Order} --seed {run.Seed}\n"));
    }

    // What did not happen cannot be reduced: with fewer steps even less happens.
    private async Task<(JudgedTrace, CheckResult)> ReduceAsync(JudgedTrace play, Func<JudgedTrace, CheckResult?> broken)
    {
        var result = broken(play)!;
        // In a soak it is reduced once: that takes longer than all permutations.
        var again = run.Report.HasFailed(world.Scenario, result.Title);
        if (result.Verdict == Verdict.Fail && !play.Trace.Hangs && !again)
        {
            await Shrinker.ReduceAsync(
                play.Trace.Asked,
                async steps =>
                {
                    var smaller = await _explorer!.RunAsync(steps);
                    var still =
                        broken(smaller) is { } other && other.Title == result.Title && other.Verdict == result.Verdict;
                    (play, result) = still ? (smaller, broken(smaller)!) : (play, result);
                    return still;
                }
            );
        }

        return (play, result);
    }

    // The tables, and beside them the steps: together all that psql needs.
    private string KeepScript(string script)
    {
        run.Report.Keep(world.Scenario, RunReport.ScriptName, script + "\n");
        return run.Report.Keep(world.Scenario, RunReport.SetupName,
            Script.SetupSql(run.Engine, schema.Current, Race.Steps));
    }

    /// <summary>Drops the copies and ends the pooler.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_explorer?.DisposeAsync() ?? default);
        await (_arena?.Pooler?.DisposeAsync() ?? default);
    }
}

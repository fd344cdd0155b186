using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Model;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>What is concluded about a scenario.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="fleet">Its sessions.</param>
/// <param name="measurements">What ran.</param>
/// <param name="known">Knows what is documented of the engine.</param>
/// <param name="output">Tells what is not judged.</param>
public sealed class Judge(
    Run run,
    ScenarioDatabase database,
    SchemaDriver schema,
    FleetDriver fleet,
    Measurements measurements,
    KnownFindings known,
    IReqnrollOutputHelper output
)
{
    /// <summary>Whether the engine refreshes in the writer's transaction.</summary>
    public bool IsImmediate => run.Engine.Profile.IsImmediate;

    /// <summary>Fails the step unless all checks passed. Unknown is a failure.</summary>
    public void Require(params CheckResult[] results)
    {
        measurements.Judge(results);
        var broken = results.Where(r => r.Verdict != Verdict.Pass).ToList();
        if (broken.Count > 0)
        {
            known.Throw(new BrokenContractException(broken, run.Seed));
        }
    }

    /// <summary>Fails the step unless its claim holds.</summary>
    /// <param name="claim">What the step says.</param>
    /// <param name="holds">Whether it is so.</param>
    /// <param name="found">What there is, for the finding.</param>
    public void Require(string claim, bool holds, object? found) =>
        Require(CheckResult.From(claim, holds ? [] : [$"found: {found ?? "nothing"}"]));

    /// <summary>Says in the report that the engine does not promise what a step is about.</summary>
    /// <param name="claim">What the step says.</param>
    /// <param name="because">Why nothing is concluded.</param>
    public void Omit(string claim, string because) => output.WriteLine($"{claim}: not judged, because {because}");

    /// <summary>All that is known of the scenario's work.</summary>
    public Evidence GatherEvidence() =>
        new(database.Connection, run.Engine, schema.Current, database.ServerStart, database.Log)
        {
            Loads = measurements.Loads,
            Audited = fleet.IsAudited,
            TokenCounts = fleet.TokenCounts,
            Resources = fleet.Resources,
            Limit = run.Options.Timeout,
        };

    /// <summary>Lets all checkers judge, once the sessions are closed.</summary>
    public async Task<Judgement> JudgeAsync()
    {
        await fleet.CloseAsync();
        return await Checkers.JudgeAsync(GatherEvidence());
    }

    /// <summary>
    /// The same while the sessions stay open, idle, for work whose users may be at odds without any TVIEW: deadlocks
    /// count where the engine had a part in them, and a round in which no cascade had an order to keep is as good.
    /// </summary>
    /// <returns>The conclusions, good and bad.</returns>
    public async Task<IReadOnlyList<CheckResult>> JudgeRoundAsync()
    {
        var judgement = await Checkers.JudgeAsync(
            GatherEvidence() with
            {
                MustComplete = true,
                UsersMayDeadlock = true,
            }
        );
        return
        [
            .. judgement.Results.Select(r =>
                r.Contract == Contract.InOrder && RefreshLog.HadNothingToJudge(r)
                    ? r with
                    {
                        Verdict = Verdict.Pass,
                    }
                    : r
            ),
            .. judgement
                .NotJudged.Where(n => n.Checker is RefreshedInOrder)
                .Select(n => CheckResult.From(n.Checker, [])),
        ];
    }

    /// <summary>
    /// What one checker says now, or the one that judges the engine instead; the sessions stay open.
    /// </summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public Task<CheckResult> CheckAsync<TChecker>()
        where TChecker : IChecker, new() => CheckerOf<TChecker>().CheckAsync(GatherEvidence());

    private IChecker CheckerOf<TChecker>()
        where TChecker : IChecker, new() =>
        new TChecker() is var checker && checker is Equivalence && !IsImmediate
            ? new Convergence()
            : checker;

    /// <summary>
    /// Fails unless what a checker claims holds now, where the engine promises it; the sessions stay open.
    /// </summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public async Task RequireAsync<TChecker>()
        where TChecker : IChecker, new()
    {
        var checker = CheckerOf<TChecker>();
        if (checker.WhyNot(GatherEvidence()) is { } why)
        {
            Omit(checker.Claim, why);
        }
        else
        {
            Require(await CheckAsync<TChecker>());
        }
    }

    /// <summary>
    /// Brings an engine that refreshes later up to date, before a step looks at a TVIEW by itself.
    /// </summary>
    public async Task CatchUpAsync()
    {
        if (!IsImmediate)
        {
            var failure = await Convergence.CatchUpAsync(database.Connection, run.Engine, run.Options.Timeout);
            Require(CheckResult.From("the engine catches up", failure is null ? [] : [failure]));
        }
    }

    /// <summary>
    /// The same once the sessions are closed: they report their counters, and give up their locks, when they end.
    /// </summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public async Task RequireAtEndAsync<TChecker>()
        where TChecker : IChecker, new()
    {
        await fleet.CloseAsync();
        await RequireAsync<TChecker>();
    }

    /// <summary>Fails unless the last load's sessions have done all; deadlocks come with their graphs.</summary>
    public void RequireCompletion()
    {
        var result = new Completion().Check(measurements.Load);
        var graphs = result.Verdict == Verdict.Pass ? [] : NoDeadlock.InLog(database.Log ?? "", database.Name);
        Require(result with { Findings = [.. result.Findings, .. graphs] });
    }

    /// <summary>
    /// Fails unless the TVIEWs have followed, or have not, as the profile says of writes without triggers.
    /// </summary>
    public async Task RequireReplicaRoleAsync()
    {
        await CatchUpAsync();
        var result = await CheckAsync<Equivalence>();
        Require(
            run.Engine.Profile.ReplicaRole == ReplicaWrites.Maintained ? result
            : CheckResult.From(
                "the TVIEW does not show what was written, as the profile declares",
                result.Verdict == Verdict.Fail ? [] : [$"it is judged {result.Verdict}; is it maintained?"]
            )
        );
    }

    /// <summary>
    /// Fails unless the last load's transactions have ended as the profile says of a restored dump.
    /// </summary>
    public void RequireRestored()
    {
        var declared = run.Engine.Profile.Errors.Restored;
        var refused = Completion.CheckRefused(measurements.Load);
        Require(
            run.Engine.Profile.Restores ? new Completion().Check(measurements.Load)
            : refused.Verdict != Verdict.Pass
                || measurements.Load.History.Work.All(o => declared.Contains(o.SqlState!)) ? refused
            : CheckResult.From(refused.Claim, [$"with other errors than {string.Join(", ", declared)}"])
        );
    }

    /// <summary>
    /// Fails unless the last load's transactions have ended as the profile says of their isolation level.
    /// </summary>
    /// <param name="level">The level, as SQL says it.</param>
    public void RequireServed(string level) =>
        Require(run.Engine.Profile.Serves(level) ? new Completion().Check(measurements.Load)
            : Completion.CheckRefused(measurements.Load));

    /// <summary>Fails unless so many rows were refreshed for each session.</summary>
    /// <param name="sessions">How many sessions.</param>
    /// <param name="each">How many rows.</param>
    public async Task RequireRefreshesAsync(int sessions, int each)
    {
        var claim = $"{each} rows were refreshed for each of {sessions} sessions";
        if (!IsImmediate || !RefreshLog.IsKept(run.Engine.Profile))
        {
            Omit(
                claim,
                IsImmediate ? "the engine writes the whole TVIEW anew" : "one refresh serves many transactions"
            );
            return;
        }

        var found = await CountRefreshesAsync();
        Require(claim, found == sessions * each, $"{found} refreshes");
    }

    /// <summary>
    /// Fails unless the sessions' refreshes came over several server connections, and not over too many.
    /// </summary>
    /// <param name="most">How many the pooler may have.</param>
    public async Task RequireSharedAsync(int most)
    {
        if (IsImmediate && RefreshLog.IsKept(run.Engine.Profile))
        {
            Require(await PoolingProof.SharedAsync(database.Connection, most));
        }
        else
        {
            Omit($"the sessions shared {most} server connections", "who refreshed what is not recorded of this engine");
        }
    }

    /// <summary>How many refreshes were recorded.</summary>
    public Task<long> CountRefreshesAsync() =>
        RefreshLog.CountAsync(database.Connection, run.Engine.Profile.Writes);
}

using Specs.Support.Contracts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>What is concluded about a scenario.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="fleet">Its sessions.</param>
/// <param name="measurements">What ran.</param>
public sealed class Judge(Run run, ScenarioDatabase database, SchemaDriver schema, FleetDriver fleet, Measurements measurements)
{
    /// <summary>Fails the step unless all checks passed. Unknown is a failure.</summary>
    public void Require(params CheckResult[] results)
    {
        var broken = results.Where(r => r.Verdict != Verdict.Pass).ToList();
        if (broken.Count > 0)
        {
            throw new BrokenContractException(broken, run.Seed);
        }
    }

    /// <summary>Fails the step unless its claim holds.</summary>
    /// <param name="claim">What the step says.</param>
    /// <param name="holds">Whether it is so.</param>
    /// <param name="found">What there is, for the finding.</param>
    public void Require(string claim, bool holds, object? found) =>
        Require(CheckResult.From(claim, holds ? [] : [$"found: {found ?? "nothing"}"]));

    /// <summary>
    /// The contract as a whole: exact at the end and in every snapshot of an auditor, each key once, in order, no
    /// deadlock, nothing left, the same server. All findings are told together.
    /// </summary>
    public async Task RequireContractAsync()
    {
        await fleet.CloseAsync();
        Require([.. await JudgeAsync(), await Deadlocks.CheckAsync(database.Connection, measurements.Loads, database.Log)]);
    }

    /// <summary>
    /// The same while the sessions stay open, idle, for work whose users may be at odds without any TVIEW: deadlocks
    /// count where the engine had a part in them, and a round in which no cascade had an order to keep is as good.
    /// </summary>
    /// <returns>The conclusions, good and bad.</returns>
    public async Task<CheckResult[]> JudgeRoundAsync() =>
    [
        .. from result in await JudgeAsync()
           select result.Contract == RefreshLog.InOrder && result.Verdict == Verdict.Unknown ? result with { Verdict = Verdict.Pass } : result,
        Completion.Check(measurements.Load),
        Deadlocks.CheckEngine(database.Log, database.Name),
    ];

    /// <summary>What holds after any work whatever, and what the auditors saw meanwhile.</summary>
    public async Task<List<CheckResult>> JudgeAsync()
    {
        var results = await TviewContract.JudgeAsync(database.Connection, run.Engine, schema.Current, database.ServerStart, database.Log);
        if (fleet.IsAudited)
        {
            results.Add(Auditors.Check(measurements.Loads));
        }

        return results;
    }

    /// <summary>Whether every TVIEW equals its defining query.</summary>
    public async Task RequireEquivalenceAsync() => Require([.. await CheckEquivalenceAsync()]);

    /// <summary>One conclusion for each TVIEW.</summary>
    public Task<List<CheckResult>> CheckEquivalenceAsync() => TviewContract.CheckEquivalenceAsync(database.Connection, run.Engine, schema.Current);

    /// <summary>Whether no source tells of a deadlock. Closes the sessions: they report their counters when they end.</summary>
    public async Task RequireNoDeadlockAsync()
    {
        await fleet.CloseAsync();
        Require(await Deadlocks.CheckAsync(database.Connection, measurements.Loads, database.Log));
    }

    /// <summary>Whether no transaction wrote a refresh key twice.</summary>
    public async Task RequireOnceAsync() => Require(await RefreshLog.CheckOnceAsync(database.Connection));

    /// <summary>How many refreshes were recorded.</summary>
    public Task<long> CountRefreshesAsync() => RefreshLog.CountAsync(database.Connection);

    /// <summary>Whether nothing is left behind, once the sessions are closed.</summary>
    public async Task RequireNoLeftoversAsync()
    {
        await fleet.CloseAsync();
        Require(await Residue.CheckAsync(database.Connection, run.Engine));
    }
}

using Specs.Support.Contracts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <content>What is concluded about the scenario.</content>
public sealed partial class World
{
    /// <summary>Fails the step unless all checks passed. Unknown is a failure.</summary>
    public static void Require(params CheckResult[] results)
    {
        var broken = results.Where(r => r.Verdict != Verdict.Pass).ToList();
        if (broken.Count > 0)
        {
            throw new BrokenContractException(broken, Run.Seed);
        }
    }

    /// <summary>Fails the step unless its claim holds.</summary>
    /// <param name="claim">What the step says.</param>
    /// <param name="holds">Whether it is so.</param>
    /// <param name="found">What there is, for the finding.</param>
    public static void Require(string claim, bool holds, object? found) =>
        Require(CheckResult.From(claim, holds ? [] : [$"found: {found ?? "nothing"}"]));

    /// <summary>
    /// The contract as a whole: exact at the end and in every snapshot of an auditor, each key once, in order, no
    /// deadlock, nothing left, the same server. All findings are told together.
    /// </summary>
    public async Task RequireContractAsync()
    {
        await CloseSessionsAsync();
        Require([.. await JudgeAsync(), await Deadlocks.CheckAsync(Connection, _loads, Log)]);
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
        Completion.Check(Load),
        Deadlocks.CheckEngine(Log, Database),
    ];

    /// <summary>What holds after any work whatever, and what the auditors saw meanwhile.</summary>
    public async Task<List<CheckResult>> JudgeAsync()
    {
        var results = await TviewContract.JudgeAsync(Connection, Run.Engine, Schema, _serverStart, Log);
        if (_audited)
        {
            results.Add(Auditors.Check(_loads));
        }

        return results;
    }

    /// <summary>Whether every TVIEW equals its defining query.</summary>
    public async Task RequireEquivalenceAsync() => Require([.. await CheckEquivalenceAsync()]);

    /// <summary>One conclusion for each TVIEW.</summary>
    public Task<List<CheckResult>> CheckEquivalenceAsync() => TviewContract.CheckEquivalenceAsync(Connection, Run.Engine, Schema);

    /// <summary>Whether no source tells of a deadlock. Closes the sessions: they report their counters when they end.</summary>
    public async Task RequireNoDeadlockAsync()
    {
        await CloseSessionsAsync();
        Require(await Deadlocks.CheckAsync(Connection, _loads, Log));
    }

    /// <summary>Whether no transaction wrote a refresh key twice.</summary>
    public async Task RequireOnceAsync() => Require(await RefreshLog.CheckOnceAsync(Connection));

    /// <summary>How many refreshes were recorded.</summary>
    public Task<long> CountRefreshesAsync() => RefreshLog.CountAsync(Connection);

    /// <summary>Whether nothing is left behind, once the sessions are closed.</summary>
    public async Task RequireNoLeftoversAsync()
    {
        await CloseSessionsAsync();
        Require(await Residue.CheckAsync(Connection, Run.Engine));
    }
}

using Shouldly;
using Specs.Support.Checks;
using Specs.Support.Engines;

namespace Specs.Support.Hooks;

/// <content>What is concluded about the scenario.</content>
public sealed partial class World
{
    /// <summary>Fails the step unless all checks passed. Unknown is a failure.</summary>
    public static void Require(params CheckResult[] results)
    {
        var broken = results.Where(r => r.Verdict != Verdict.Pass).ToList();
        if (broken.Count > 0)
        {
            throw new ShouldAssertException($"{string.Join('\n', broken)}\n(seed {Run.Options.Seed})");
        }
    }

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
           select result.Contract == RefreshAudit.InOrder && result.Verdict == Verdict.Unknown ? result with { Verdict = Verdict.Pass } : result,
        Completion.Check(Load),
        Deadlocks.CheckEngine(Log, Database),
    ];

    private async Task<List<CheckResult>> JudgeAsync()
    {
        var results = new List<CheckResult>(await CheckEquivalenceAsync());
        if (_audited)
        {
            results.Add(Auditors.Check(_loads));
        }

        if (Run.Engine.FlushPoint == FlushPoint.Commit)
        {
            results.Add(await RefreshAudit.CheckOnceAsync(Connection));
        }

        results.Add(await RefreshAudit.CheckOrderAsync(Connection, Schema));
        results.Add(await Leftovers.CheckAsync(Connection, Run.Engine));
        results.Add(await ServerHealth.CheckAsync(Connection, _serverStart, Log));
        return results;
    }

    /// <summary>Whether every TVIEW equals its defining query.</summary>
    public async Task RequireEquivalenceAsync() => Require(await CheckEquivalenceAsync());

    /// <summary>One conclusion for each TVIEW.</summary>
    public async Task<CheckResult[]> CheckEquivalenceAsync()
    {
        var results = new List<CheckResult>();
        foreach (var tview in Schema.Tviews)
        {
            results.Add(await Equivalence.CheckAsync(Connection, tview));
        }

        return [.. results];
    }

    /// <summary>Whether no source tells of a deadlock. Closes the sessions: they report their counters when they end.</summary>
    public async Task RequireNoDeadlockAsync()
    {
        await CloseSessionsAsync();
        Require(await Deadlocks.CheckAsync(Connection, _loads, Log));
    }

    /// <summary>Whether no transaction wrote a refresh key twice.</summary>
    public async Task RequireOnceAsync() => Require(await RefreshAudit.CheckOnceAsync(Connection));

    /// <summary>How many refreshes were recorded.</summary>
    public Task<long> CountRefreshesAsync() => RefreshAudit.CountAsync(Connection);

    /// <summary>Whether nothing is left behind, once the sessions are closed.</summary>
    public async Task RequireNoLeftoversAsync()
    {
        await CloseSessionsAsync();
        Require(await Leftovers.CheckAsync(Connection, Run.Engine));
    }

    /// <summary>Whether the server is the process that it was when the scenario began.</summary>
    public async Task RequireSameServerAsync() => Require(await ServerHealth.CheckAsync(Connection, _serverStart, Log));
}

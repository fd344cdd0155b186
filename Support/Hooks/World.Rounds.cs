using Specs.Support.Checks;

namespace Specs.Support.Hooks;

/// <content>Work in rounds, judged after each of them.</content>
public sealed partial class World
{
    /// <summary>How long auditors rest between two looks; where they do not, they take the time of a small machine.</summary>
    public TimeSpan AuditPause { get; set; }

    /// <summary>Judges the last load while the sessions stay open, idle.</summary>
    /// <returns>The conclusions, good and bad.</returns>
    public async Task<CheckResult[]> JudgeRoundAsync()
    {
        var order = await RefreshAudit.CheckOrderAsync(Connection, Schema);
        return
        [
            .. await CheckEquivalenceAsync(), Auditors.Check(Load), Completion.Check(Load), await RefreshAudit.CheckOnceAsync(Connection),
            // Where no transaction refreshed two TVIEWs of which one reads the other, there was no order to keep.
            order.Verdict == Verdict.Unknown ? order with { Verdict = Verdict.Pass } : order,
            await Leftovers.CheckAsync(Connection, Run.Engine), Deadlocks.CheckEngine(Log, Database),
            await ServerHealth.CheckAsync(Connection, _serverStart, Log),
        ];
    }
}

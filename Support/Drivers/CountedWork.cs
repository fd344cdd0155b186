using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Metrics;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>A load whose work on the server is counted: WAL, rows, pages.</summary>
/// <param name="run">The run, whose server does nothing else meanwhile.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="fleet">Its sessions.</param>
/// <param name="measurements">Receives the counts.</param>
/// <param name="judge">Judges whether they are known.</param>
/// <param name="requires">Skips the scenario where others use the server.</param>
public sealed class CountedWork(
    Run run,
    ScenarioDatabase database,
    FleetDriver fleet,
    Measurements measurements,
    Judge judge,
    Requirements requires
)
{
    /// <summary>Lets the sessions work, and counts what that makes the server do.</summary>
    /// <param name="profile">What each does.</param>
    /// <param name="times">How often.</param>
    public async Task RunAsync(TransactionProfile profile, int times)
    {
        requires.That(run.Host.CanRestart, "what others write to this server would be counted as well");
        await run.Databases.WaitUntilQuietAsync();
        // After a checkpoint the first change of a page puts all of it into the log: as often as there are checkpoints,
        // which has nothing to do with the work.
        await ServerSettings.DuringAsync(run.Host.Admin, "full_page_writes", "off", () => CountAsync(profile, times));
    }

    /// <summary>Fails unless it was counted without and with TVIEWs. limits.json judges how much it is.</summary>
    public void RequireCounts() => judge.Require(
        "the work of each transaction is known",
        measurements.Metrics is [.., { WalCost: not null }],
        "no counts of the same work with and without TVIEWs"
    );

    private async Task CountAsync(TransactionProfile profile, int times)
    {
        await fleet.CloseAsync();
        await database.RenewAsync();
        await fleet.ReopenAsync();
        var before = await ServerWork.TakeAsync(database.Connection);
        await fleet.RunAsync(profile, times);
        await fleet.ReopenAsync();      // who has ended has reported
        var work = before;
        var committed = measurements.Metrics[^1].Ok;
        var reported = await Poll.UntilAsync(
            async () =>
            {
                work = (await ServerWork.TakeAsync(database.Connection)).Since(before);
                return work.Transactions >= committed;
            },
            run.Options.Timeout
        );
        measurements.Count(reported ? work : null);
    }
}

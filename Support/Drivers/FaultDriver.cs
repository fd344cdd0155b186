using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Faults;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>A load during which something goes wrong, and what is known of that.</summary>
/// <param name="run">The run, whose server it is.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="statements">Where the injection point is made.</param>
/// <param name="fleet">The sessions.</param>
/// <param name="measurements">What they did.</param>
/// <param name="judge">Concludes.</param>
/// <param name="standby">The standby, where there is one: it takes the place of a server that is killed.</param>
/// <param name="disk">The small disk of the database, where there is one.</param>
/// <param name="requires">Skips the scenario where the fault is not possible.</param>
public sealed class FaultDriver(
    Run run,
    ScenarioDatabase database,
    SchemaDriver schema,
    Statements statements,
    FleetDriver fleet,
    Measurements measurements,
    Judge judge,
    StandbyDriver standby,
    DiskDriver disk,
    Requirements requires
)
{
    private IFault? _fault;
    private bool _hasInjectionPoint;

    /// <summary>Lets every session work until a fault has been injected so many times.</summary>
    /// <param name="deed">What each does, by the words of features.</param>
    /// <param name="words">The fault, by the words of features.</param>
    /// <param name="times">How often it is injected.</param>
    /// <param name="every">How long it rests before each; null where it waits until each session has ended two
    /// transactions more.</param>
    public async Task RunAsync(string deed, string words, int times, TimeSpan? every)
    {
        _fault = FaultWords.Of(new CrashingServer(run.Host, RequireHealthAsync, standby.ConnectAfterCrashAsync),
            disk.Current).Named(words)();
        await PrepareAsync(_fault);
        await using var connection = new NpgsqlConnection(database.Route.Admin);
        await connection.OpenAsync();
        var target = new FaultTarget(fleet.Sessions, connection, SeededRandom.For(run.Seed, 0));
        await fleet.RunAsync(
            target.Flush.Around(fleet.ProfileNamed(deed)),
            new FaultInjections(words, _fault, times, every, target)
        );
    }

    private async Task PrepareAsync(IFault fault)
    {
        if (fault is { EndsServer: true })
        {
            requires.KillableServer();
        }

        if (fault.InFlush)
        {
            requires.InjectionPoint();
            if (!_hasInjectionPoint)
            {
                await statements.ExecuteAsync(InjectionPoint.InstallSql(schema.Current));
                _hasInjectionPoint = true;
            }
        }
    }

    /// <summary>Whether enough faults came in the middle of a transaction, or of a flush.</summary>
    public void RequireHits(int least, bool inFlush) =>
        judge.Require(FaultChecks.Hit(measurements.Load, least, inFlush));

    /// <summary>Whether each fault met the transactions of so many of a hundred sessions.</summary>
    public void RequireManyHits(int percent) => judge.Require(FaultChecks.HitMany(
        measurements.Load, Math.Max(1, measurements.Load.Sessions * percent / 100)));

    /// <summary>Whether sessions were told what happened, and then went on where they could.</summary>
    public void RequireCleanErrors()
    {
        judge.Require(FaultChecks.CleanErrors(measurements.Load, _fault!.Errors));
        if (_fault.SessionsConnectAgain)
        {
            judge.Require(FaultChecks.GoesOn(measurements.Load));
        }
    }

    /// <summary>
    /// Whether exactly the tokens of committed transactions are there, and the TVIEW shows them, once the server has
    /// ended all that it still did.
    /// </summary>
    /// <param name="mayLose">Whether what was confirmed may be lost; something must be, then.</param>
    public async Task RequireTokensAsync(bool mayLose)
    {
        await fleet.CloseAsync();
        await judge.CatchUpAsync();
        var found = await Tokens.CountAsync(database.Connection);
        var shown = await Tokens.CountAsync(database.Connection, schema.Current.Tviews[0]);
        judge.Require(ConnectionLoss.Tokens(measurements.Load, found, shown, mayLose));
        if (mayLose)
        {
            judge.Require(ConnectionLoss.SomeLost(measurements.Load, found));
        }
    }

    // A crash that nobody asked for, before one that is: after that one nobody could tell.
    private async Task RequireHealthAsync()
    {
        judge.Require(await ServerHealth.CheckAsync(database.Connection, database.ServerStart, database.Log));
        standby.ExpectCrash();
    }
}

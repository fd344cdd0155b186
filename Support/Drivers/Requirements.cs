using System.Globalization;
using Specs.Support.Bench;
using Specs.Support.Configuration;
using Specs.Support.Hosts;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;
using Xunit;

namespace Specs.Support.Drivers;

/// <summary>
/// What scenarios need of the run. Each guard skips the scenario, with the reason, where the run lacks it.
/// </summary>
/// <param name="run">The run.</param>
public sealed class Requirements(Run run)
{
    private const int FirstServerWithMerge = 15;

    /// <summary>Whether the server knows MERGE.</summary>
    public bool HasMerge => int.Parse(run.Databases.ServerVersion.Split('.', ' ')[0], CultureInfo.InvariantCulture)
        >= FirstServerWithMerge;

    /// <summary>The server knows MERGE.</summary>
    public void MergeStatement() => Require(HasMerge, "MERGE came with PostgreSQL 15");

    /// <summary>The engine, as it is installed, knows a statement.</summary>
    public void Statement(string sql) => Require(run.Engine.UnsupportedStatement(sql));

    /// <summary>The engine takes the queries of a schema.</summary>
    public void Forms(Schema schema) => Require(run.Engine.UnsupportedSchema(schema));

    /// <summary>The engine promises what a scenario is about.</summary>
    /// <param name="promise">As features say it after "an engine that".</param>
    public void Promise(string promise)
    {
        var profile = run.Engine.Profile;
        Require(
            promise switch
            {
                "writes a row once a transaction" => profile.Once == PromiseScope.Transaction,
                "has the words of the reference engine" => profile.ReferenceWords,
                "tells which rows a prepared transaction holds" => run.Engine.PreparedKeys is not null,
                "lets writers of different rows go on" => profile.Locks != LockScope.Tview,
                "makes writers of the same row wait" => profile.Locks != LockScope.None,
                "refreshes at COMMIT" => profile.Refreshes == RefreshMoment.Commit,
                "can refresh before COMMIT" =>
                    profile.IsImmediate && (profile.Refreshes != RefreshMoment.Commit || profile.ReferenceWords),
                "refreshes in the writer's transaction" => profile.IsImmediate,
                "says what becomes of a restored dump" => profile.Restores || profile.Errors.Restored.Count > 0,
                "follows what is renamed" => profile.FollowsNames,
                "asks for no other right than to write base tables" => profile.OrdinaryRoles,
                _ => throw new UserError($"No engine is known by '{promise}'; see Requirements.Promise."),
            },
            $"it is for an engine that {promise}, and {run.Engine.Name} is none"
        );
    }

    /// <summary>The engine serves an isolation level.</summary>
    /// <param name="level">As SQL says it.</param>
    public void Level(string level) =>
        Require(run.Engine.Profile.Serves(level),
            $"the engine {run.Engine.Name} refuses to write at {level}");

    /// <summary>DROP TABLE drops a TVIEW.</summary>
    public void DropTable() => Require(run.Engine.Profile.DropTable,
        $"the engine {run.Engine.Name} drops a TVIEW by a statement of its own, not by DROP TABLE");

    /// <summary>The engine writes in the writer's own transaction, where sessions can be held.</summary>
    public void InjectionPoint() => Require(run.Engine.Profile.IsImmediate,
        $"sessions are held where they refresh, and the engine {run.Engine.Name} refreshes later");

    /// <summary>The server is the suite's to kill.</summary>
    public void KillableServer() =>
        Require(run.Host.CanRestart, $"the host {run.Host.Name} is not the suite's to kill");

    /// <summary>There can be a standby of the server.</summary>
    public void Standby() => Require(run.Host.UnsupportedStandby);

    /// <summary>The server is a throw-away one, on which engines that are broken on purpose may be installed.</summary>
    public void ThrowAwayServer() =>
        Require(run.Host.CanRestart, $"faults are seeded on throw-away servers only, not on {run.Host.Name}");

    /// <summary>The server is one of this machine's programs.</summary>
    public void LocalServer() =>
        Require(
            run.Host is LocalPostgres,
            $"needs a server of this machine's programs, and that is not {run.Host.Name}"
        );

    /// <summary>The server's log can be read.</summary>
    public void ServerLog() => Require(run.Host.ReadLog(run.Host.LogLength) is not null,
        $"the log of {run.Host.Name} cannot be read, and only it tells users' deadlocks from the engine's");

    /// <summary>The server takes so many sessions that connect directly.</summary>
    public void Capacity(int sessions) => Require(run.SessionsFor(sessions) <= run.Capacity,
        $"the server of this run was asked for {run.Capacity} connections; './specs bench' and "
            + $"SPECS_CAPACITY={sessions} ask for more");

    /// <summary>The host has a pooler that pools like this.</summary>
    public void Pooler(PoolerOptions wanted) => Require(run.Host.UnsupportedPooling(wanted));

    /// <summary>The pooler is the suite's to kill.</summary>
    public void KillablePooler(IPooler pooler) =>
        Require(pooler.CanKill, "the external pooler is not the suite's to kill");

    /// <summary>pg_dump and pg_restore are installed, and not older than the server.</summary>
    public async Task DumpProgramsAsync() => Require(await DumpRestore.UnsupportedAsync(run.Databases.ServerVersion));

    /// <summary>PostgreSQL's client programs are installed.</summary>
    public void ClientPrograms() => Require(BenchDrivers.Unsupported);

    /// <summary>PostgreSQL's isolation tester is installed.</summary>
    public void IsolationTester() => Require(Bench.IsolationTester.Unsupported);

    /// <summary>There is a browser to look at the report's page with.</summary>
    public void Browser() =>
        Require(Chromium.Program is not null, "there is no Chromium in PATH to look at the page with");

    /// <summary>Something that only the scenario itself can find out.</summary>
    /// <param name="supported">Whether it is so.</param>
    /// <param name="because">Why the scenario cannot run where it is not.</param>
    public void That(bool supported, string because) => Require(supported, because);

    private static void Require(bool supported, string because) => Require(supported ? null : new Unsupported(because));

    private static void Require(Unsupported? unsupported) => Skip.If(unsupported is not null, unsupported?.Because);
}

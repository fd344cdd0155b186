using System.Diagnostics;
using System.Runtime;
using Npgsql;
using Specs.Support.Bench;
using Specs.Support.Contracts;
using Specs.Support.Reports.Pictures;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>Runs what is compared, in turns, and leaves a table, a file of all turns and a picture.</summary>
/// <param name="run">The run.</param>
/// <param name="world">The scenario.</param>
/// <param name="pooler">How sessions connect.</param>
/// <param name="evidence">Receives the picture.</param>
/// <param name="cleanUp">Ends what is still open with the scenario.</param>
/// <param name="requires">Skips the scenario where a program is missing.</param>
public sealed class BenchDriver(
    Run run,
    World world,
    PoolerDriver pooler,
    ScenarioEvidence evidence,
    CleanUp cleanUp,
    Requirements requires
)
{
    private const string Own = "the fleet", Others = "pgbench", Explorer = "the explorer", Tester = "isolationtester";

    private string _workload = "";

    private BenchResults Sheet => run.Sheet(world.Scenario.Feature);

    /// <summary>
    /// Runs a workload by the fleet, with and without its history, by pgbench, and by a psql for each statement.
    /// </summary>
    /// <param name="name">The workload.</param>
    /// <param name="sessions">How many sessions.</param>
    /// <param name="times">How often each of them; a psql runs once.</param>
    /// <param name="turns">How many turns.</param>
    public Task CompareAsync(string name, int sessions, int times, int turns)
    {
        var drivers = InstalledDrivers();
        return RunAsync(BenchWorkload.Named(name), sessions, turns,
            (Own, drivers.Fleet(), times), ("the fleet without its history", drivers.Fleet(recording: false), times),
            (Others, drivers.Pgbench(), times), ("psql", drivers.Psql, 1));
    }

    /// <summary>Opens and closes sessions, by the same three.</summary>
    /// <param name="sessions">How many sessions at once.</param>
    /// <param name="times">How often.</param>
    /// <param name="turns">How many turns.</param>
    public Task ReopenAsync(int sessions, int times, int turns)
    {
        var drivers = InstalledDrivers();
        return RunAsync(BenchWorkload.Named("asks for nothing"), sessions, turns,
            (Own, drivers.Reopen, times), (Others, drivers.Pgbench(reconnect: true), times), ("psql", drivers.Psql, 1));
    }

    /// <summary>Runs lines of a table by the fleet; all of them are compared with the first.</summary>
    /// <param name="turns">How many turns.</param>
    /// <param name="lines">What differs, how many sessions run how often what.</param>
    public Task GrowAsync(int turns, IReadOnlyList<(string By, int Sessions, int Times, string Does)> lines)
    {
        var fleet = new BenchDrivers(pooler.Route, run.TemporaryFolder, run.Seed, run.Options.Timeout).Fleet();
        // What opening and memory cost is told beside pgbench; of a few sessions it would be the noise of the
        // collector.
        return RunAsync(
            turns,
            [
                .. lines.Select(l =>
                    (
                        l.By,
                        l.Sessions,
                        (Func<Task<Round>>)(
                            async () =>
                                await fleet(BenchWorkload.Named(l.Does), l.Sessions, l.Times) with
                                {
                                    OpeningMs = null,
                                    BytesPerTransaction = null,
                                    BytesPerSession = null,
                                }
                        )
                    )
                ),
            ]
        );
    }

    /// <summary>Takes the permutations of a race by the explorer and by PostgreSQL's isolation tester.</summary>
    /// <param name="stage">The race.</param>
    /// <param name="most">How many permutations.</param>
    /// <param name="turns">How many turns.</param>
    public async Task RaceAsync(RaceStage stage, int most, int turns)
    {
        requires.IsolationTester();
        var (orders, _) = Permutations.Choose(stage.Race, most, run.Seed);
        var (explorer, arena) = await stage.PrepareAsync();
        await using var lane = await Lane.OpenAsync(arena, false);
        var tester = new IsolationTester(
            run.Databases.ConnectionTo(lane.Database),
            run.TemporaryFolder,
            run.Options.Timeout
        );
        await RunAsync(
            turns,
            [
                (Explorer, stage.Race.Sessions.Count, async () =>
                {
                    var began = Stopwatch.GetTimestamp();
                    var taken = await explorer.RunAsync(stage.Race, orders);
                    return new Round(taken.Count, Stopwatch.GetElapsedTime(began).TotalSeconds);
                }),
                (Tester, stage.Race.Sessions.Count, () => tester.RunAsync(stage.Race, orders)),
            ]
        );
    }

    /// <summary>Whether the explorer takes at least so many times as many permutations a second.</summary>
    public CheckResult CheckPermutations(double least) =>
        BenchResults.Judge(
            FormattableString.Invariant($"the explorer takes {least} times as many permutations a second"),
            Sheet.Ratios(_workload, Explorer, t => t.PerSecond),
            least: least
        );

    /// <summary>Leaves a transaction open that has changed rows from the end of tb_test.</summary>
    /// <param name="rows">How many.</param>
    public async Task QueueAsync(int rows)
    {
        var other = new NpgsqlConnection(pooler.Route.Admin);
        cleanUp.Own(other);
        await other.OpenAsync();
        await new NpgsqlCommand(
            $"BEGIN; UPDATE tb_test SET data = 'queued' WHERE pk_test > (SELECT max(pk_test) - {rows} FROM tb_test)",
            other
        ).ExecuteNonQueryAsync();
    }

    /// <summary>Whether a line of the table is at least so many times as fast as the first one.</summary>
    public CheckResult CheckGrowth(string by, double least) =>
        BenchResults.Judge(
            FormattableString.Invariant($"'{by}' is at least {least} times as fast as the first line"),
            Sheet.Ratios(_workload, by, t => t.PerSecond),
            least: least
        );

    /// <summary>Whether the fleet runs at least so many times as many transactions a second as pgbench.</summary>
    public CheckResult CheckSpeed(double least) =>
        BenchResults.Judge(
            FormattableString.Invariant($"the fleet is at least {least} times as fast as pgbench"),
            Sheet.Ratios(_workload, Own, t => t.PerSecond),
            least: least
        );

    /// <summary>Whether the fleet takes at most so many times as long as pgbench to open its sessions.</summary>
    public CheckResult CheckOpening(double most) =>
        BenchResults.Judge(
            FormattableString.Invariant($"opening takes at most {most} times as long as pgbench's"),
            Sheet.Ratios(_workload, Own, t => t.OpeningMs),
            most: most
        );

    // One workload by several drivers, over as many sessions.
    private Task RunAsync(
        BenchWorkload workload,
        int sessions,
        int turns,
        params (string By, Driver Driver, int Times)[] drivers
    )
    {
        sessions = run.SessionsFor(sessions);
        return RunAsync(
            turns,
            [.. drivers.Select(d => (d.By, sessions, (Func<Task<Round>>)(() => d.Driver(workload, sessions, d.Times))))]
        );
    }

    // In turns, A B C, B C A, C A B …: what comes before a turn must not be the same for all of a driver's turns.
    private async Task RunAsync(int turns, IReadOnlyList<(string By, int Sessions, Func<Task<Round>> Turn)> lines)
    {
        _workload = world.Scenario.Title;
        foreach (var line in lines)
        {
            await WarmUpAsync(line.Turn);
        }

        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var (by, sessions, run) in lines.Skip(turn % lines.Count).Concat(lines.Take(turn % lines.Count)))
            {
                Sheet.Add(new BenchRow(_workload, by, turn + 1, sessions, await run()));
            }
        }

        Publish();
    }

    // Turns that are not counted, until .NET compiles next to nothing: its second, optimized compilation of what runs
    // often goes on beside the first few thousand transactions, and costs three times as much processor time as they.
    private static async Task WarmUpAsync(Func<Task<Round>> turn)
    {
        const double share = 0.02;
        const int most = 10;
        var compiling = true;
        for (var i = 0; compiling && i < most; i++)
        {
            var (compiled, began) = (JitInfo.GetCompilationTime(), Stopwatch.GetTimestamp());
            await turn();
            compiling = JitInfo.GetCompilationTime() - compiled > share * Stopwatch.GetElapsedTime(began);
        }
    }

    private BenchDrivers InstalledDrivers()
    {
        requires.ClientPrograms();
        // pgbench's sessions have one name. A pooler would tell the server the name of a session with each transaction.
        return new BenchDrivers(
            pooler.Route with
            {
                NamesSessions = pooler.Current is null,
            },
            run.TemporaryFolder,
            run.Seed,
            run.Options.Timeout
        );
    }

    // After each scenario anew: a run that is stopped leaves what it has.
    private void Publish()
    {
        var name = world.Scenario.Feature.ToLowerInvariant().Replace(' ', '-');
        File.WriteAllText(Path.Combine(run.Report.Folder, name + ".md"), Sheet.Markdown(
            "Medians of the turns, from the lowest to the highest in parentheses; a ratio is to pgbench, or to the "
                + "first line of a group, within a turn"));
        File.WriteAllText(Path.Combine(run.Report.Folder, name + ".csv"), Sheet.Csv());
        evidence.Pictures.Add(
            Rounds.Of(
                $"turns-{Guid.NewGuid():N}",
                "Transactions a second",
                [
                    .. Sheet
                        .Rows.Where(r => r.Workload == _workload)
                        .GroupBy(r => r.By)
                        .Select(g =>
                            (
                                _workload,
                                g.Key,
                                BenchResults.Median([.. g.Select(r => r.Turn.PerSecond)]),
                                (IReadOnlyList<double>)[.. g.Select(r => r.Turn.PerSecond)]
                            )
                        ),
                ]
            )
        );
        run.Report.Say(
            string.Join(
                '\n',
                Sheet
                    .Rows.Where(r => r.Workload == _workload)
                    .GroupBy(r => r.By)
                    .Select(g =>
                        FormattableString.Invariant(
                            $"  {g.Key,-30} {BenchResults.Median([.. g.Select(r => r.Turn.PerSecond)]):0.#} a second"
                        )
                    )
            )
        );
    }
}

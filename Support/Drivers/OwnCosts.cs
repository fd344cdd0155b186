using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Specs.Support.Hosts;
using Specs.Support.Metrics;
using Specs.Support.Running;
using Specs.Support.Workloads;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Drivers;

/// <summary>
/// What TVIEWs over a user's own tables cost: the same statements, each in a transaction of its own, on the base tables
/// alone and under the TVIEWs, in turns.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schemas">Has the tables, and makes the database anew.</param>
/// <param name="schema">Makes them.</param>
/// <param name="requires">Knows whether the server has MERGE.</param>
public sealed class OwnCosts(
    Run run,
    ScenarioDatabase database,
    RandomSchemas schemas,
    SchemaDriver schema,
    Requirements requires
)
{
    private const int Turns = 3;

    private readonly Dictionary<string, List<StatementCost>> _turns = [];

    /// <summary>The kinds of statements of which the cost is known.</summary>
    public int Kinds => _turns.Count;

    /// <summary>Measures.</summary>
    /// <param name="each">How many statements of each kind.</param>
    public Task MeasureAsync(int each) => !run.Host.CanRestart ? MeasureAllAsync(each)
        // Else a statement after a checkpoint is told to cost a page for each row.
        : ServerSettings.DuringAsync(run.Host.Admin, "full_page_writes", "off", () => MeasureAllAsync(each));

    private async Task MeasureAllAsync(int each)
    {
        schema.RecordsRefreshes = false;
        var own = new OwnSchema(schemas.Own!, run.Seed);
        var draws = new OwnStatements(schemas.Own!, new Random(run.Seed), requires.HasMerge);
        var statements = draws.Kinds.Where(k => k != "truncate")
            .ToDictionary(k => k, k => Enumerable.Range(0, each).Select(_ => draws.OfKind(k)).ToList());
        for (var turn = 0; turn < Turns; turn++)
        {
            await schemas.RenewAsync();
            await schema.CreateBaseTablesAsync(own.Schema);
            await run.Databases.WaitUntilQuietAsync();
            var without = await RunAsync(statements);
            await schemas.RenewAsync();
            await schema.CreateAsync(own.Schema);
            await run.Databases.WaitUntilQuietAsync();
            var with = await RunAsync(statements);
            foreach (var (kind, cost) in with.Where(c => c.Value.Count > 0 && without[c.Key].Count > 0))
            {
                var alone = without[kind];
                (_turns.TryGetValue(kind, out var all) ? all : _turns[kind] = []).Add(new(kind, cost.Count,
                    cost.Time / alone.Time, (double)alone.Wal / alone.Count, (double)cost.Wal / cost.Count));
            }
        }

        foreach (var (kind, turns) in _turns)
        {
            double Median(Func<StatementCost, double> of) => turns.Select(of).Order().ElementAt(turns.Count / 2);
            var cost = new StatementCost(kind, turns[^1].Count, Median(t => t.Time), Median(t => t.WalWithout),
                Median(t => t.WalWith));
            schemas.Own!.Exercise.NoteCost(cost);
            run.Report.Say(string.Create(CultureInfo.InvariantCulture,
                $"  {kind}: {cost.Time:0.0} times as long as without TVIEWs, {cost.Wal:0.0} times the WAL "
                    + $"({cost.WalWithout:0} and {cost.WalWith:0} bytes each; {cost.Count} statements, "
                    + $"{Turns} turns)"));
        }
    }

    // What is refused costs nothing here, and is not counted.
    private async Task<Dictionary<string, (int Count, double Time, long Wal)>> RunAsync(
        Dictionary<string, List<Statement>> statements
    )
    {
        var costs = new Dictionary<string, (int Count, double Time, long Wal)>();
        foreach (var (kind, all) in statements)
        {
            var (count, time, before) = (0, TimeSpan.Zero, await WalAsync());
            foreach (var statement in all)
            {
                var start = Stopwatch.GetTimestamp();
                try
                {
                    await RunAsync(statement);
                    (count, time) = (count + 1, time + Stopwatch.GetElapsedTime(start));
                }
                catch (PostgresException e) when (schema.Current.Refusals.Include(e.SqlState, e.TableName))
                {
                }
            }

            costs[kind] = (count, time.TotalMilliseconds, await WalAsync() - before);
        }

        return costs;
    }

    private async Task RunAsync(Statement statement)
    {
        if (statement.Rows is { } rows)
        {
            await using var copy = await database.Connection.BeginTextImportAsync(statement.Sql);
            await copy.WriteAsync(rows);
            return;
        }

        await using var command = new NpgsqlCommand(statement.Sql, database.Connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> WalAsync() => (await ServerWork.TakeAsync(database.Connection)).WalBytes;
}

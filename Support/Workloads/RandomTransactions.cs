using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>Runs transactions of random statements, and counts what was in those that committed.</summary>
/// <param name="schema">Where.</param>
/// <param name="merge">Whether the server knows MERGE.</param>
/// <param name="engine">The engine, which may not serve every isolation level.</param>
/// <param name="gid">Begins the names of prepared transactions; no other run has it.</param>
internal sealed class RandomTransactions(RandomSchema schema, bool merge, EngineProfile engine, string gid)
{
    // Users wait for each other's base rows, in queues that grow until nobody gets anything done: so they give up soon.
    // The flush has all the time that it wants: were it never to get its locks, that must show.
    private const string Patience = "500ms";
    private const string Patiently = "SET LOCAL lock_timeout = 0; ";

    private readonly ConcurrentDictionary<string, int> _tally = new();
    private int _prepared;

    /// <summary>
    /// How often each kind of statement and of ending was committed, and each declared error happened.
    /// </summary>
    internal IReadOnlyDictionary<string, int> Tally => _tally;

    /// <summary>The statements of the round that was begun last.</summary>
    internal TransactionNotes Notes { get; } = new();

    /// <summary>What each session does: random transactions until one has committed.</summary>
    /// <param name="round">The round, so that no two do the same.</param>
    /// <param name="times">How many transactions a session commits in it.</param>
    internal TransactionProfile InRound(int round, int times)
    {
        Notes.Clear();
        return new("random", (session, iteration, cancel) => RunAsync(session, round, times, iteration, cancel));
    }

    private async Task RunAsync(Session session, int round, int times, int iteration, CancellationToken cancel)
    {
        // A retried transaction repeats its statements: they depend on its place alone. TRUNCATE is drawn seldom and
        // finds its table busy most times; so the last transaction of session 1 is one for certain, tried until the
        // others are done.
        var empties = session.Number == 1 && iteration == times;
        for (var n = 0; ; n++)
        {
            var random = SeededRandom.For(schema.Seed, round, session.Number, iteration, n);
            if (await CommitsAsync(session, random, empties, cancel))
            {
                break;
            }
        }
    }

    private async Task<bool> CommitsAsync(Session session, Random random, bool empties, CancellationToken cancel)
    {
        var statements = new RandomStatements(schema.Tables, random, merge);
        var done = new List<string>();
        var steps = new List<NotedStep>();
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (!empties && random.Chance(10))
            {
                await RunAsync(session, statements.One(), done, steps, cancel);
                Notes.Add(session.Number, start, steps);
                Count(done, "autocommit");
                return true;
            }

            var level = (session.Number % 8) switch
            {
                0 => "SERIALIZABLE",
                4 => "REPEATABLE READ",
                _ => "READ COMMITTED",
            };
            level = engine.Unserved.Contains(level, StringComparer.OrdinalIgnoreCase) ? "READ COMMITTED" : level;
            await session.ExecuteOnceAsync(
                $"BEGIN ISOLATION LEVEL {level}; SET LOCAL lock_timeout = '{Patience}'",
                cancel
            );
            steps.Add(new(level == "READ COMMITTED" ? "begins" : $"begins at {level}"));
            foreach (var statement in empties ? [statements.Truncate()] : statements.Next(random.Next(1, 5)))
            {
                await StepAsync(session, statement, random, done, steps, cancel);
            }

            var (commits, ending) = await EndAsync(session, random, steps, cancel);
            if (commits)
            {
                Notes.Add(session.Number, start, steps);
            }

            Count(commits ? done : [], commits ? level : "", ending);
            return commits;
        }
        catch (PostgresException e) when (IsDeclared(e))
        {
            await session.ExecuteOnceAsync("ROLLBACK", cancel);
            Count([$"refused {e.SqlState}"]);
            return false;
        }
    }

    // What users bring upon themselves: a missing or referenced row, a key that is there already. On a base table only;
    // the same error on a TVIEW, or in the engine's own tables, is a finding. And rows or tables that others kept busy.
    private static bool IsDeclared(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.LockNotAvailable
        || e.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation
            && e.TableName?.StartsWith("tb_", StringComparison.Ordinal) == true;

    private static async Task StepAsync(
        Session session,
        Statement statement,
        Random random,
        List<string> done,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        switch (random.Next(100))
        {
            case < 12:
                await session.ExecuteOnceAsync("SAVEPOINT s", cancel);
                steps.Add(new("sets a savepoint"));
                await RunAsync(session, statement, [], steps, cancel);
                await session.ExecuteOnceAsync("ROLLBACK TO s", cancel);
                steps.Add(new("rolls back to the savepoint"));
                done.Add("rollback to savepoint");
                break;
            case < 18:
                await session.ExecuteOnceAsync("SAVEPOINT s", cancel);
                steps.Add(new("sets a savepoint"));
                await RunAsync(session, statement, done, steps, cancel);
                await session.ExecuteOnceAsync("RELEASE s", cancel);
                steps.Add(new("releases the savepoint"));
                done.Add("release savepoint");
                break;
            case < 28 when statement.Rows is null && statement.Kind != "truncate":
                // Half of the blocks lose what they did; either way another statement follows.
                var fails = random.Chance(50);
                var block = $"DO $$ BEGIN {statement.Sql}; {(fails ? "RAISE division_by_zero;" : "")} "
                    + "EXCEPTION WHEN division_by_zero OR unique_violation OR foreign_key_violation THEN NULL; END $$";
                await session.ExecuteOnceAsync(block, cancel);
                steps.Add(new(statement.Words + " in a block that catches errors", statement with { Sql = block }));
                done.Add(fails ? "exception block that failed" : "exception block");
                break;
            default:
                await RunAsync(session, statement, done, steps, cancel);
                break;
        }
    }

    private static async Task RunAsync(
        Session session,
        Statement statement,
        List<string> done,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        await (statement.Rows is { } rows
            ? session.CopyAsync(statement.Sql, rows, cancel)
            : session.ExecuteOnceAsync(statement.Sql, cancel));
        done.Add(statement.Kind);
        steps.Add(new(statement.Words, statement));
    }

    // Whether it committed, and how it ended. Once constraints are immediate each statement flushes, holding the value
    // locks of the one before: two such transactions can deadlock by nature, so that comes last. And not where a
    // foreign key is deferred: there the flush may come before its check, which waits for base rows.
    private async Task<(bool Commits, string Ending)> EndAsync(
        Session session,
        Random random,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        var ending = random.Next(100);
        if (ending < 6)
        {
            await session.ExecuteOnceAsync("ROLLBACK", cancel);
            return (false, "rollback");
        }

        if (ending < 18)
        {
            var name = $"{gid} {Interlocked.Increment(ref _prepared)}";
            await session.ExecuteOnceAsync($"{Patiently}PREPARE TRANSACTION '{name}'", cancel);
            steps.Add(new("prepares its transaction"));
            await session.ExecuteOnceAsync($"{(ending < 9 ? "ROLLBACK" : "COMMIT")} PREPARED '{name}'", cancel);
            return ending < 9 ? (false, "rollback prepared") : (true, "commit prepared");
        }

        var immediate =
            ending < 26
            && !schema.Tables.Any(t => t.Links.Any(l => l.Constraint.Contains("DEFERRED", StringComparison.Ordinal)));
        if (immediate)
        {
            await session.ExecuteOnceAsync($"{Patiently}SET CONSTRAINTS ALL IMMEDIATE", cancel);
            steps.Add(new("makes constraints immediate", new("", "", "SET CONSTRAINTS ALL IMMEDIATE")));
        }

        await session.ExecuteOnceAsync($"{Patiently}COMMIT", cancel);
        steps.Add(new("commits"));
        return (true, immediate ? "constraints made immediate" : "commit");
    }

    private void Count(IEnumerable<string> done, params string[] more)
    {
        foreach (var what in done.Concat(more).Where(w => w.Length > 0))
        {
            _tally.AddOrUpdate(what, 1, (_, n) => n + 1);
        }
    }
}

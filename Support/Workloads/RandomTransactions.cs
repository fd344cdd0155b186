using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>Runs transactions of random statements, and counts what was in those that committed.</summary>
/// <param name="schema">Where.</param>
/// <param name="merge">Whether the server knows MERGE.</param>
/// <param name="ordinary">Whether sessions may act as an ordinary role, and the engine serves it.</param>
/// <param name="engine">The engine, which may not serve every isolation level.</param>
/// <param name="gid">Begins the names of prepared transactions; no other run has it.</param>
internal sealed partial class RandomTransactions(
    WorkloadSchema schema,
    bool merge,
    bool ordinary,
    TviewEngine engine,
    string gid
)
{
    // Users wait for each other's base rows, in queues that grow until nobody gets anything done: so they give up soon.
    // The flush has all the time that it wants: were it never to get its locks, that must show.
    private const string Patience = "500ms";
    private const string Patiently = "SET LOCAL lock_timeout = 0; ";

    private readonly ConcurrentDictionary<string, int> _tally = new();
    private readonly bool _fails = engine.Profile.IsImmediate && schema.Failing is not null && !schema.IsDeferred;
    private int _prepared;

    /// <summary>
    /// How often each kind of statement and of ending was committed, and each declared error happened.
    /// </summary>
    internal IReadOnlyDictionary<string, int> Tally => _tally;

    /// <summary>The statements of the round that was begun last.</summary>
    internal TransactionNotes Notes { get; } = new();

    /// <summary>What is to be in the tally at the end.</summary>
    internal IEnumerable<string> Kinds =>
        schema.Statements(new(0), merge).Kinds
            .Concat(["savepoint rolled back", "savepoint released", "exception block", "exception block that failed"])
            .Concat([Reset, Discarded, Deferred])
            .Concat(schema.TakesAnySession ? [NoPath] : [])
            .Concat(schema.Extra is null ? [] : [Created, Dropped, Redefined])
            .Concat(ordinary && schema.TakesAnySession ? [Ordinary] : [])
            .Concat(_fails ? [FailedRefresh] : [])
            .Concat(GidKinds);

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
        // One session, so that it is known which definition is the last.
        if (schema.Extra is not null && session.Number == Definer && iteration % 4 == 2)
        {
            await DefineAsync(session, cancel);
            return;
        }

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
        var statements = schema.Statements(random, merge);
        var done = new List<string>();
        var steps = new List<NotedStep>();
        var start = Stopwatch.GetTimestamp();
        try
        {
            await ForgetAsync(session, random, cancel);
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
            level = engine.Profile.Serves(level) ? level : "READ COMMITTED";
            await session.ExecuteOnceAsync(
                $"BEGIN ISOLATION LEVEL {level}; SET LOCAL lock_timeout = '{Patience}'",
                cancel
            );
            steps.Add(new(level == "READ COMMITTED" ? "begins" : $"begins at {level}"));
            var who = random.Next(100) switch
            {
                _ when !schema.TakesAnySession => "",
                < 6 when ordinary => Ordinary,
                < 12 => NoPath,
                _ => "",
            };
            await TakeAsync(session, who, done, steps, cancel);
            var script = empties ? null : schema.Script(random);
            foreach (var statement in empties ? [statements.Truncate()]
                : script ?? statements.Next(random.Next(1, 5)))
            {
                await StepAsync(session, who == NoPath ? statement.Qualified : statement, random, done, steps, cancel);
            }

            if (_fails && random.Chance(5))
            {
                await FailAsync(session, statements.Fail(who == NoPath), random, done, steps, cancel);
            }

            var (commits, ending) = await EndAsync(session, random, who != Ordinary, done, steps, cancel);
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
    // Where a TVIEW divides by what users write, that it cannot be refreshed.
    private bool IsDeclared(PostgresException e) =>
        GaveUpWaiting(e.SqlState)
        || e.SqlState is PostgresErrorCodes.DivisionByZero && schema.Failing is not null
        || schema.Schema.Refusals.Include(e.SqlState, e.TableName);

    /// <summary>
    /// Whether a statement did not get its lock before lock_timeout. Where the lock is there in the same moment and the
    /// next one has to be waited for, PostgreSQL takes its own timeout for a user's request (57014); nobody else
    /// cancels anything here.
    /// </summary>
    internal static bool GaveUpWaiting(string? sqlState) =>
        sqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled;

    private async Task StepAsync(
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
                done.Add("savepoint rolled back");
                break;
            case < 18:
                await session.ExecuteOnceAsync("SAVEPOINT s", cancel);
                steps.Add(new("sets a savepoint"));
                await RunAsync(session, statement, done, steps, cancel);
                await session.ExecuteOnceAsync("RELEASE s", cancel);
                steps.Add(new("releases the savepoint"));
                done.Add("savepoint released");
                break;
            case < 28 when statement.Rows is null && statement.Kind != "truncate" && !statement.Reads:
                // Half of the blocks lose what they did; either way another statement follows.
                var fails = random.Chance(50);
                var block = $"DO $$ BEGIN {statement.Sql}; {(fails ? "RAISE division_by_zero;" : "")} "
                    + "EXCEPTION WHEN division_by_zero OR unique_violation OR foreign_key_violation THEN NULL; END $$";
                await session.ExecuteOnceAsync(block, cancel);
                steps.Add(new(statement.Words + " in a block that catches errors", statement with { Sql = block }));
                done.Add(fails ? "exception block that failed" : "exception block");
                break;
            case < 31:
                await session.ExecuteOnceAsync("SET CONSTRAINTS ALL DEFERRED", cancel);
                steps.Add(new("makes constraints deferred"));
                await RunAsync(session, statement, done, steps, cancel);
                done.Add(Deferred);
                break;
            default:
                await RunAsync(session, statement, done, steps, cancel);
                break;
        }
    }

    private async Task RunAsync(
        Session session,
        Statement statement,
        List<string> done,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        try
        {
            await (statement.Rows is { } rows
                ? session.CopyAsync(statement.Sql, rows, cancel)
                : session.ExecuteOnceAsync(statement.Sql, cancel));
            schema.Note(statement, null);
        }
        catch (PostgresException e)
        {
            schema.Note(statement, e);
            throw;
        }

        done.Add(statement.Kind);
        steps.Add(new(statement.Words, statement));
    }

    // Whether it committed, and how it ended. Once constraints are immediate each statement flushes, holding the value
    // locks of the one before: two such transactions can deadlock by nature, so that comes last. And not where a
    // foreign key is deferred: there the flush may come before its check, which waits for base rows.
    private async Task<(bool Commits, string Ending)> EndAsync(
        Session session,
        Random random,
        bool prepares,
        List<string> done,
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

        // Whoever prepares as another role could not end it as himself.
        if (ending < 18 && prepares)
        {
            var (name, kind) = NextGid();
            await session.ExecuteOnceAsync($"{Patiently}PREPARE TRANSACTION {name}", cancel);
            steps.Add(new("prepares its transaction"));
            await session.ExecuteOnceAsync($"{(ending < 9 ? "ROLLBACK" : "COMMIT")} PREPARED {name}", cancel);
            done.Add(kind);
            return ending < 9 ? (false, "rollback prepared") : (true, "commit prepared");
        }

        var immediate = ending is >= 18 and < 26 && !schema.IsDeferred;
        if (immediate)
        {
            await session.ExecuteOnceAsync($"{Patiently}SET CONSTRAINTS ALL IMMEDIATE", cancel);
            steps.Add(new("makes constraints immediate"));
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

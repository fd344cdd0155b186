using System.Text;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

// What sessions do besides statements: they forget what they had set, act as another role, define TVIEWs, give
// transactions odd names.
internal sealed partial class RandomTransactions
{
    private const string Reset = "RESET ALL", Discarded = "DISCARD ALL", Deferred = "constraints made deferred",
        NoPath = "empty search_path", Ordinary = "ordinary role", FailedRefresh = "savepoint around a failed refresh",
        Created = "TVIEW created", Dropped = "TVIEW dropped", Redefined = "TVIEW redefined";

    // PostgreSQL takes 199 bytes.
    private const int LongestGid = 199;
    private const int Definer = 2;

    private static readonly string[] GidKinds = ["plain gid", "gid with quotes", "gid with other letters", "long gid"];

    private Tview? _extra;

    // Not the definer, which has prepared its audits.
    private async Task ForgetAsync(Session session, Random random, CancellationToken cancel)
    {
        if (random.Chance(4))
        {
            var forget = session.Number == Definer || random.Chance(50) ? Reset : Discarded;
            await session.ExecuteOnceAsync(forget, cancel);
            Count([forget]);
        }
    }

    private static async Task TakeAsync(
        Session session,
        string who,
        List<string> done,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        if (who.Length > 0)
        {
            await session.ExecuteOnceAsync(
                who == Ordinary ? $"SET LOCAL ROLE {BaseTable.OrdinaryRole}" : "SET LOCAL search_path = ''",
                cancel
            );
            steps.Add(new(who == Ordinary ? "takes an ordinary role" : "takes an empty search_path"));
            done.Add(who);
        }
    }

    // Rolled back in any case: else further statements would follow a flush, which holds locks of the engine.
    private async Task FailAsync(
        Session session,
        Statement statement,
        Random random,
        List<string> done,
        List<NotedStep> steps,
        CancellationToken cancel
    )
    {
        await session.ExecuteOnceAsync("SAVEPOINT outer_one", cancel);
        steps.Add(new("sets a savepoint"));
        try
        {
            await session.ExecuteOnceAsync("SAVEPOINT inner_one", cancel);
            await RunAsync(session, statement, [], steps, cancel);
            if (random.Chance(50))
            {
                await session.ExecuteOnceAsync("RELEASE inner_one", cancel);
            }

            steps.Add(new("makes constraints immediate"));
            await session.ExecuteOnceAsync($"{Patiently}SET CONSTRAINTS ALL IMMEDIATE", cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            done.Add(FailedRefresh);
        }

        await session.ExecuteOnceAsync("ROLLBACK TO outer_one", cancel);
        steps.Add(new("rolls back to the savepoint"));
    }

    // A TVIEW comes, is defined anew under its name, and goes; each time it is there it is compared with its query.
    private async Task DefineAsync(Session session, CancellationToken cancel)
    {
        var (what, next) = _extra is null ? (Created, schema.Extra)
            : _extra == schema.Extra ? (Redefined, schema.OtherExtra)
            : (Dropped, null);
        try
        {
            await session.ExecuteOnceAsync("BEGIN", cancel);
            if (_extra is not null)
            {
                await session.ExecuteOnceAsync(engine.DropSql(_extra.Name), cancel);
            }

            if (next is not null)
            {
                await session.ExecuteOnceAsync(engine.CreateSql(engine.FormOf(next)), cancel);
            }

            await session.ExecuteOnceAsync("COMMIT", cancel);
            _extra = next;
            Count([what]);
        }
        catch (PostgresException e)
            when (engine.Profile.Errors.Ddl.Contains(e.SqlState) || engine.Profile.Errors.Form.Contains(e.SqlState))
        {
            await session.ExecuteOnceAsync("ROLLBACK", cancel);
            Count([$"refused {e.SqlState}"]);
        }

        if (_extra is not null && engine.Profile.IsImmediate)
        {
            await session.ExecuteOnceAsync("BEGIN ISOLATION LEVEL REPEATABLE READ", cancel);
            await Audit.Of(engine.FormOf(_extra)).Body(session, 1, cancel);
            await session.ExecuteOnceAsync("COMMIT", cancel);
        }
    }

    private (string Sql, string Kind) NextGid()
    {
        var number = Interlocked.Increment(ref _prepared);
        var kind = GidKinds[number % GidKinds.Length];
        var name = $"{gid} {number}" + kind switch
        {
            "gid with quotes" => " it's \"one\" of \\ 'many'",
            "gid with other letters" => " für ☃ и 雪",
            "long gid" => " ",
            _ => "",
        };
        name += kind != "long gid" ? "" : new string('x', LongestGid - Encoding.UTF8.GetByteCount(name));
        return ($"'{name.Replace("'", "''", StringComparison.Ordinal)}'", kind);
    }
}

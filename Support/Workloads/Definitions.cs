using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>Transactions that create and drop TVIEWs.</summary>
public static class Definitions
{
    /// <summary>The kind of transactions that create.</summary>
    public const string Create = "create";

    /// <summary>The kind of transactions that drop.</summary>
    public const string Drop = "drop";

    // How often a session waits for what another one does; together they wait for half of the time that a step has.
    private const int Waits = 20;

    private const string DropTableSql = "DROP TABLE tv_extra";

    private static readonly string[] CompareSql =
        ["BEGIN ISOLATION LEVEL REPEATABLE READ", "every row of tv_extra beside its defining query", "COMMIT"];

    /// <summary>The TVIEW that they create.</summary>
    public static readonly Tview Extra = ExtraNamed("tv_extra");

    /// <summary>The same name and columns, and another expression.</summary>
    public static readonly Tview ExtraInCapitals = ExtraNamed("tv_extra", new("upper(p.title)", "title"));

    /// <summary>What there is of one TVIEW: its entry, its table.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="names">Selects the names of all TVIEWs that the engine has.</param>
    /// <param name="name">Its name.</param>
    public static Task<List<string>> TracesAsync(NpgsqlConnection connection, string names, string name) =>
        PreparedWork.TextsAsync(
            connection,
            $"SELECT name FROM ({names}) t(name) WHERE name = '{name}' UNION ALL SELECT relname FROM pg_class WHERE "
                + $"relname = '{name}'"
        );

    /// <summary>What there is of any TVIEW of the reference engine: its entry, its triggers, its view.</summary>
    /// <param name="connection">An open connection.</param>
    public static Task<List<string>> TracesAsync(NpgsqlConnection connection) => PreparedWork.TextsAsync(connection, """
        SELECT name::text FROM pg_tview_meta
        UNION ALL SELECT tgname::text FROM pg_trigger WHERE starts_with(tgname, 'tview_')
        UNION ALL SELECT relname::text FROM pg_class WHERE relkind = 'v' AND starts_with(relname, 'v_')
        """);

    /// <summary>By the words of the features; the engine says how, and with which errors it may refuse them.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="limit">How long one step of a scenario may take.</param>
    internal static IEnumerable<Word<TransactionProfile>> WordsOf(TviewEngine engine, TimeSpan limit)
    {
        var extra = engine.FormOf(Extra);
        var (create, drop) = (engine.CreateSql(extra), engine.DropSql(extra.Name));
        var compared = engine.Profile.IsImmediate ? extra : null;   // the other ones may differ for a while
        var errors = engine.Profile.Errors;
        Word<TransactionProfile> Word(string words, string kind, string[] sql, TransactionBody body) =>
            new(words, string.Join('\n', sql), new(kind, body) { Declared = [.. errors.Ddl, .. errors.Duplicate] });
        return
        [
            Word("creates the TVIEW tv_extra", Create, [create], (s, _, c) => s.ExecuteOnceAsync(create, c)),
            Word(
                "creates the TVIEW tv_extra whenever it is not there",
                Create,
                [create],
                async (s, _, c) =>
                {
                    await UntilAsync(s, "to_regclass('tv_extra') IS NULL", limit, c);
                    await s.ExecuteOnceAsync(create, c);
                }
            ),
            Word(
                "compares tv_extra with its query as soon as it is there, and drops the TVIEW",
                Drop,
                [.. CompareSql, drop],
                (s, i, c) => CompareAndDrop(s, i, compared, drop, limit, c)
            ),
            Word(
                "compares tv_extra with its query as soon as it is there, and drops the table",
                Drop,
                [.. CompareSql, DropTableSql],
                (s, i, c) => CompareAndDrop(s, i, compared, DropTableSql, limit, c)
            ),
            Word(
                "creates the TVIEW tv_extra and rolls back",
                Create,
                ["BEGIN", create, "ROLLBACK"],
                async (s, _, c) =>
                {
                    await s.ExecuteOnceAsync("BEGIN", c);
                    await s.ExecuteOnceAsync(create, c);
                    await s.ExecuteOnceAsync("ROLLBACK", c);
                }
            ),
            Word(
                "creates and drops a TVIEW of its own",
                Create,
                [engine.CreateSql(engine.FormOf(ExtraNamed("tv_own_1"))), engine.DropSql("tv_own_1")],
                async (s, _, c) =>
                {
                    await s.ExecuteOnceAsync(engine.CreateSql(engine.FormOf(ExtraNamed($"tv_own_{s.Number}"))), c);
                    await s.ExecuteOnceAsync(engine.DropSql($"tv_own_{s.Number}"), c);
                }),
            // Another TVIEW reads it, so this has to be refused.
            new("drops the TVIEW tv_user", engine.DropSql("tv_user"),
                new(Drop, (s, _, c) => s.ExecuteOnceAsync(engine.DropSql("tv_user"), c))
                {
                    Declared = errors.DropOfRead,
                }),
        ];
    }

    // Its key is named after it, as some engines want it.
    private static Tview ExtraNamed(string name, QueryColumn? title = null) =>
        new(name, new DefiningQuery(new("tb_post", "p"), new("p.pk_post", "pk_" + name["tv_".Length..]),
            new("p.fk_user"), title ?? new("p.title"), new("u.name"))
        {
            Joins = [new(new("tb_user", "u"), "p.fk_user", "u.pk_user")],
        });

    // The first snapshot that can see the new TVIEW must see it right, although others write all the while. What it
    // finds, it drops all the same: the next TVIEW can be judged only when this one is gone.
    private static async Task CompareAndDrop(
        Session session,
        int iteration,
        Tview? extra,
        string drop,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        await UntilAsync(session, "to_regclass('tv_extra') IS NOT NULL", limit, cancel);
        try
        {
            await session.ExecuteOnceAsync(CompareSql[0], cancel);
            await (extra is null ? Task.CompletedTask : Audit.Of(extra).Body(session, iteration, cancel));
        }
        finally
        {
            await session.ExecuteOnceAsync("ROLLBACK", cancel);
            await session.ExecuteOnceAsync(drop, cancel);
        }
    }

    // Where it does not come, because the other session was refused, this one is refused as well.
    private static Task<bool> UntilAsync(Session session, string condition, TimeSpan limit, CancellationToken cancel) =>
        Poll.UntilAsync(
            async () => (bool)(await session.ExecuteAsync("SELECT " + condition, cancel))!,
            limit / Waits,
            cancel
        );
}

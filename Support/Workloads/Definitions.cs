using Npgsql;
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

    private const string CreateSql = "SELECT pg_tviews_create($1, $2)", DropSql = "SELECT pg_tviews_drop('tv_extra')",
        DropTableSql = "DROP TABLE tv_extra", DropUserSql = "SELECT pg_tviews_drop('tv_user')";

    private static readonly string[] CompareSql =
        ["BEGIN ISOLATION LEVEL REPEATABLE READ", "every row of tv_extra beside its defining query", "COMMIT"];

    /// <summary>The TVIEW that they create, in the form that every engine accepts.</summary>
    public static readonly Tview Extra = ExtraNamed("tv_extra");

    /// <summary>Creates it, with the values written out.</summary>
    public static string CreateExtraSql =>
        $"SELECT pg_tviews_create('{Extra.Name}', '{Extra.Query.Replace("'", "''", StringComparison.Ordinal)}')";

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

    /// <summary>By the words of the features; the engine says with which errors it may refuse them.</summary>
    internal static IEnumerable<Word<TransactionProfile>> Words { get; } =
    [
        Word("creates the TVIEW tv_extra", [CreateExtraSql], Create, (s, _, c) => CreateAsync(s, Extra, c)),
        Word(
            "creates the TVIEW tv_extra whenever it is not there",
            [CreateExtraSql],
            Create,
            async (s, _, c) =>
            {
                await UntilAsync(s, "to_regclass('tv_extra') IS NULL", c);
                await CreateAsync(s, Extra, c);
            }
        ),
        Word(
            "compares tv_extra with its query as soon as it is there, and drops the TVIEW",
            [.. CompareSql, DropSql],
            Drop,
            (s, i, c) => CompareAndDrop(s, i, DropSql, c)
        ),
        Word(
            "compares tv_extra with its query as soon as it is there, and drops the table",
            [.. CompareSql, DropTableSql],
            Drop,
            (s, i, c) => CompareAndDrop(s, i, DropTableSql, c)
        ),
        Word(
            "creates the TVIEW tv_extra and rolls back",
            ["BEGIN", CreateExtraSql, "ROLLBACK"],
            Create,
            async (s, _, c) =>
            {
                await s.ExecuteOnceAsync("BEGIN", c);
                await CreateAsync(s, Extra, c);
                await s.ExecuteOnceAsync("ROLLBACK", c);
            }
        ),
        Word(
            "creates and drops a TVIEW of its own",
            [CreateSql, "SELECT pg_tviews_drop($1)"],
            Create,
            async (s, _, c) =>
            {
                await CreateAsync(s, ExtraNamed($"tv_own_{s.Number}"), c);
                await s.ExecuteAsync("SELECT pg_tviews_drop($1)", c, $"tv_own_{s.Number}");
            }
        ),
        // Another TVIEW reads it: dependent_objects_still_exist is what has to come.
        new(
            "drops the TVIEW tv_user",
            DropUserSql,
            new(Drop, (s, _, c) => s.ExecuteAsync(DropUserSql, c)) { Declared = ["2BP01"] }
        ),
    ];

    private static Word<TransactionProfile> Word(string words, string[] sql, string kind, TransactionBody body) =>
        new(words, string.Join('\n', sql), new(kind, body));

    // Written out in the form that every engine takes.
    private static Tview ExtraNamed(string name)
    {
        var key = "pk_" + name["tv_".Length..];
        return new(
            name,
            key,
            $"SELECT p.pk_post AS {key}, md5(p.pk_post::text)::uuid AS id, p.fk_user AS fk_user, p.title AS title, "
                + "u.name AS name, jsonb_build_object('title', p.title, 'name', u.name) AS data "
                + "FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user",
            "tb_post",
            "tb_user"
        )
        {
            Columns = [key, "id", "fk_user", "title", "name", "data"],
        };
    }

    private static Task<object?> CreateAsync(Session session, Tview tview, CancellationToken cancel) =>
        session.ExecuteAsync(CreateSql, cancel, tview.Name, tview.Query);

    // The first snapshot that can see the new TVIEW must see it right, although others write all the while.
    private static async Task CompareAndDrop(Session session, int iteration, string drop, CancellationToken cancel)
    {
        await UntilAsync(session, "to_regclass('tv_extra') IS NOT NULL", cancel);
        await session.ExecuteOnceAsync(CompareSql[0], cancel);
        await Audit.Of(Extra).Body(session, iteration, cancel);
        await session.ExecuteOnceAsync("COMMIT", cancel);
        await session.ExecuteOnceAsync(drop, cancel);
    }

    // Where it does not come, because the other session was refused, this one is refused as well.
    private static Task<bool> UntilAsync(Session session, string condition, CancellationToken cancel) =>
        Poll.UntilAsync(
            async () => (bool)(await session.ExecuteAsync("SELECT " + condition, cancel))!,
            TimeSpan.FromSeconds(10),
            cancel
        );
}

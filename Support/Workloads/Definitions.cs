using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>Deeds that create and drop TVIEWs. The engine says with which errors it may refuse them.</summary>
/// <param name="declared">Those SQLSTATEs.</param>
public sealed class Definitions(IReadOnlyCollection<string> declared)
{
    /// <summary>The kind of deeds that create.</summary>
    public const string Create = "create";

    /// <summary>The kind of deeds that drop.</summary>
    public const string Drop = "drop";

    /// <summary>The TVIEW that they make, in the form that every engine accepts.</summary>
    public static readonly Tview Extra = ExtraNamed("tv_extra");

    /// <summary>What there is of one TVIEW: its entry, its table.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="names">Selects the names of all TVIEWs that the engine has.</param>
    /// <param name="name">Its name.</param>
    public static Task<List<string>> TracesAsync(NpgsqlConnection connection, string names, string name) => PreparedWork.TextsAsync(connection,
        $"SELECT name FROM ({names}) t(name) WHERE name = '{name}' UNION ALL SELECT relname FROM pg_class WHERE relname = '{name}'");

    /// <summary>What there is of any TVIEW of the reference engine: its entry, its triggers, its view.</summary>
    /// <param name="connection">An open connection.</param>
    public static Task<List<string>> TracesAsync(NpgsqlConnection connection) => PreparedWork.TextsAsync(connection, """
        SELECT name::text FROM pg_tview_meta
        UNION ALL SELECT tgname::text FROM pg_trigger WHERE starts_with(tgname, 'tview_')
        UNION ALL SELECT relname::text FROM pg_class WHERE relkind = 'v' AND starts_with(relname, 'v_')
        """);

    /// <summary>The deed of that name, or null.</summary>
    public TransactionProfile? Named(string name) => name switch
    {
        "creates the TVIEW tv_extra" => Deed(Create, (s, _, c) => CreateAsync(s, Extra, c)),
        "creates the TVIEW tv_extra whenever it is not there" => Deed(Create, async (s, _, c) =>
        {
            await UntilAsync(s, "to_regclass('tv_extra') IS NULL", c);
            await CreateAsync(s, Extra, c);
        }),
        "compares tv_extra with its query as soon as it is there, and drops the TVIEW" =>
            Deed(Drop, (s, i, c) => CompareAndDrop(s, i, "SELECT pg_tviews_drop('tv_extra')", c)),
        "compares tv_extra with its query as soon as it is there, and drops the table" =>
            Deed(Drop, (s, i, c) => CompareAndDrop(s, i, "DROP TABLE tv_extra", c)),
        "creates the TVIEW tv_extra and rolls back" => Deed(Create, async (s, _, c) =>
        {
            await s.ExecuteOnceAsync("BEGIN", c);
            await CreateAsync(s, Extra, c);
            await s.ExecuteOnceAsync("ROLLBACK", c);
        }),
        "creates and drops a TVIEW of its own" => Deed(Create, async (s, _, c) =>
        {
            await CreateAsync(s, ExtraNamed($"tv_own_{s.Number}"), c);
            await s.ExecuteAsync("SELECT pg_tviews_drop($1)", c, $"tv_own_{s.Number}");
        }),
        // Another TVIEW reads it: dependent_objects_still_exist is what has to come.
        "drops the TVIEW tv_user" =>
            new(Drop, (s, _, c) => s.ExecuteAsync("SELECT pg_tviews_drop('tv_user')", c)) { Declared = ["2BP01"] },
        _ => null,
    };

    private TransactionProfile Deed(string kind, TransactionBody body) => new(kind, body) { Declared = declared };

    private static Tview ExtraNamed(string name) => CommonForm.Of(new Tview(name, "pk_post",
        "SELECT p.pk_post, p.title, u.name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user", "tb_post", "tb_user"));

    private static Task<object?> CreateAsync(Session session, Tview tview, CancellationToken cancel) =>
        session.ExecuteAsync("SELECT pg_tviews_create($1, $2)", cancel, tview.Name, tview.Query);

    // The first snapshot that can see the new TVIEW must see it right, although others write all the while.
    private static async Task CompareAndDrop(Session session, int iteration, string drop, CancellationToken cancel)
    {
        await UntilAsync(session, "to_regclass('tv_extra') IS NOT NULL", cancel);
        await session.ExecuteOnceAsync("BEGIN ISOLATION LEVEL REPEATABLE READ", cancel);
        await Audit.Of(Extra).Body(session, iteration, cancel);
        await session.ExecuteOnceAsync("COMMIT", cancel);
        await session.ExecuteOnceAsync(drop, cancel);
    }

    // Where it does not come, because the other session was refused, this one is refused as well.
    private static Task<bool> UntilAsync(Session session, string condition, CancellationToken cancel) => Poll.UntilAsync(
        async () => (bool)(await session.ExecuteAsync("SELECT " + condition, cancel))!, TimeSpan.FromSeconds(10), cancel);
}

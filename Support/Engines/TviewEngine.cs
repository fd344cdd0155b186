using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>
/// An implementation of TVIEWs under test: what its folder says, and how to speak to it. Only an engine that has to ask
/// its own catalogue first, or that can be broken on purpose, needs a class of its own.
/// </summary>
/// <param name="folder">Its profile and its SQL.</param>
public class TviewEngine(EngineFolder folder)
{
    private static readonly string[] NotThere = ["0A000", "58P01", "22023"];

    /// <summary>Its profile and its SQL.</summary>
    protected EngineFolder Folder => folder;

    /// <summary>What is declared of it.</summary>
    public EngineProfile Profile => folder.Profile;

    /// <summary>For the banner and the metrics.</summary>
    public virtual string Name => Profile.Name;

    /// <summary>SQL: a line of text for each thing that the engine should not have left in the database.</summary>
    public virtual string Leftovers => Query("leftovers") ?? "SELECT NULL::text WHERE false";

    /// <summary>
    /// SQL: the same of what only a TVIEW that comes or goes can leave; null where the engine does not tell them apart.
    /// </summary>
    public string? Orphans => Query("orphans");

    /// <summary>
    /// SQL expression: how many refresh keys the current transaction owes; null where the engine does not tell.
    /// </summary>
    public virtual string? QueueSize => Query("queue") is { } sql ? $"({sql})::bigint" : null;

    /// <summary>
    /// SQL that selects gid, tview (regclass) and refresh_key (integer, null for all rows) of the prepared
    /// transactions of the database; null where the engine does not tell.
    /// </summary>
    public virtual string? PreparedKeys => Query("prepared");

    /// <summary>SQL: a line of text for each thing that the engine itself finds wrong; null where it does not
    /// look.</summary>
    public virtual string? Health => Query("health");

    /// <summary>SQL: the names of all TVIEWs of the database, as the engine knows them.</summary>
    public virtual string Names => Query("names")!;

    /// <summary>SQL: the name and the SELECT of each TVIEW of the database; null where the engine keeps none.</summary>
    public string? Definitions => Query("definitions");

    /// <summary>SQL that makes the engine available in a database, for who takes it to psql.</summary>
    public virtual string InstallSql =>
        string.Concat(
            (Profile.Package is { } package ? [$"CREATE EXTENSION {package} CASCADE"] : Array.Empty<string>())
                .Concat(folder.Install.Select(file => folder.Sql(file)!))
                .Select(sql => sql.TrimEnd(';') + ";\n\n")
        );

    /// <summary>
    /// SQL that brings all TVIEWs up to date, as the engine's scheduler does; null where that is not the suite's to do.
    /// </summary>
    public string? RefreshSql => Query("refresh");

    /// <summary>
    /// SQL: whether everything that was committed has been refreshed; null where only a refresh of the suite's own
    /// tells.
    /// </summary>
    public string? CaughtUpSql => Query("caught-up");

    /// <summary>
    /// The search_path with which sessions find the engine's functions; null where the server's own will do.
    /// </summary>
    public virtual string? SearchPath => null;

    /// <summary>Whether a statement can be tried on this engine as it is installed.</summary>
    /// <param name="sql">The statement.</param>
    public virtual Unsupported? UnsupportedStatement(string sql) => null;

    /// <summary>Whether it takes the queries of a schema.</summary>
    /// <param name="schema">The schema.</param>
    public Unsupported? UnsupportedSchema(Schema schema) =>
        schema
            .Tviews.SelectMany(t => QueryForms.Of(t).Where(Profile.Refuses.Contains).Select(f => (t.Name, f)))
            .Select(r => new Unsupported(
                $"the engine {Name} takes no query of the form {WordsOf(r.f)}, as {r.Name} is"
            ))
            .FirstOrDefault();

    /// <summary>A schema in the form that this engine accepts.</summary>
    public Schema FormOf(Schema schema) => schema with { Tviews = [.. schema.Tviews.Select(FormOf)] };

    /// <summary>A TVIEW in the form that this engine accepts.</summary>
    public virtual Tview FormOf(Tview tview) =>
        Profile.AddsColumns && tview is { Definition: { } query, Columns.Count: 0 }
            ? tview with { Columns = [query.Key.Name, .. query.Columns.Select(c => c.Name)] }
            : tview;

    /// <summary>
    /// The view with which the engine itself states a TVIEW's defining query; null where it keeps none that can be
    /// asked.
    /// </summary>
    /// <param name="tview">The TVIEW's name.</param>
    public virtual string? BackingView(string tview) => null;

    /// <summary>
    /// The statements that make a TVIEW in a scenario's setup, in the form that suits this engine best.
    /// </summary>
    /// <param name="tview">The TVIEW.</param>
    public virtual IEnumerable<string> SetupSql(Tview tview) => [CreateSql(tview)];

    /// <summary>The one statement that makes a TVIEW.</summary>
    /// <param name="tview">The TVIEW.</param>
    public string CreateSql(Tview tview) =>
        folder.Fill("create", ("name", tview.Name), ("query", tview.Query), ("key", tview.Key));

    /// <summary>The one statement that drops a TVIEW.</summary>
    /// <param name="name">Its name.</param>
    public string DropSql(string name) => folder.Fill("drop", ("name", name), ("query", ""), ("key", ""));

    /// <summary>Makes the engine available in a database.</summary>
    /// <param name="connection">An open connection to it.</param>
    /// <exception cref="UserError">The server does not have it, or has not loaded it.</exception>
    public virtual async Task InstallAsync(NpgsqlConnection connection)
    {
        if (Profile.Package is { } package)
        {
            await CreateExtensionAsync(connection, package);
        }

        foreach (var file in folder.Install)
        {
            try
            {
                await new NpgsqlCommand(folder.Sql(file), connection).ExecuteNonQueryAsync();
            }
            catch (PostgresException e)
            {
                throw new UserError($"{file}.sql of the engine {folder.Path} fails with {e.SqlState} at character "
                    + $"{e.Position} ({e.MessageText}); mend it and try again.");
            }
        }
    }

    /// <summary>The engine's own version.</summary>
    /// <param name="connection">An open connection to a database where it is installed.</param>
    public virtual async Task<string> VersionAsync(NpgsqlConnection connection)
    {
        if (folder.Sql("version") is not { } sql)
        {
            return Name;
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync()}";
    }

    // As it can stand within another statement.
    private string? Query(string name) => folder.Sql(name)?.TrimEnd(';');

    private static async Task CreateExtensionAsync(NpgsqlConnection connection, string package)
    {
        try
        {
            await new NpgsqlCommand($"CREATE EXTENSION {package} CASCADE", connection).ExecuteNonQueryAsync();
        }
        catch (PostgresException e) when (NotThere.Contains(e.SqlState))
        {
            throw new UserError(
                $"The server has no extension {package} that it could create ({e.MessageText}); install it there, "
                    + "or give the folder of its package with '--extension', or an image that has it in SPECS_PG_IMAGE."
            );
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new UserError(
                $"This user of the server may not create the extension {package} ({e.MessageText}); use one who may."
            );
        }
    }

    // OuterJoin is "outer join".
    private static string WordsOf(QueryForm form) =>
        string.Concat($"{form}".Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}"
            : $"{char.ToLowerInvariant(c)}"));

    /// <summary>The engine of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fault">How the reference engine is broken on purpose; null for the sound one.</param>
    public static TviewEngine Of(EngineFolder folder, SeededFault? fault) => folder.Path switch
    {
        "reference" => new ReferenceEngine(folder, fault),
        "extension" => new ExtensionEngine(folder),
        _ => new TviewEngine(folder),
    };
}

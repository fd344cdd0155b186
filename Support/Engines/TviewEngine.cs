using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>When an engine does the work that a transaction owes.</summary>
public enum FlushPoint
{
    /// <summary>At the end of the outermost writing statement.</summary>
    Statement,

    /// <summary>At COMMIT and at PREPARE TRANSACTION.</summary>
    Commit,
}

/// <summary>An implementation of TVIEWs under test.</summary>
public abstract class TviewEngine
{
    /// <summary>For the banner and the metrics.</summary>
    public abstract string Name { get; }

    /// <summary>When it flushes.</summary>
    public abstract FlushPoint FlushPoint { get; }

    /// <summary>The SQLSTATEs with which it may refuse to create or drop a TVIEW while others do the same.</summary>
    public abstract IReadOnlyCollection<string> DeclaredErrors { get; }

    /// <summary>SQL: a line of text for each thing that the engine should not have left in the database.</summary>
    public abstract string Leftovers { get; }

    /// <summary>
    /// SQL expression: how many refresh keys the current transaction owes; null where the engine does not tell.
    /// </summary>
    public virtual string QueueSize => "(pg_tviews_queue_stats()->>'queue_size')::bigint";

    /// <summary>Whether a statement can be tried on this engine as it is installed.</summary>
    /// <param name="sql">The statement.</param>
    public virtual Unsupported? UnsupportedStatement(string sql) => null;

    /// <summary>Whether this engine can be held to a scenario.</summary>
    /// <param name="tags">The tags of the scenario.</param>
    public virtual Unsupported? UnsupportedScenario(IReadOnlyCollection<string> tags) => null;

    /// <summary>A schema in the form that this engine accepts.</summary>
    public virtual Schema FormOf(Schema schema) => schema;

    /// <summary>
    /// The view with which the engine itself states a TVIEW's defining query; null where it keeps none that can be
    /// asked.
    /// </summary>
    /// <param name="tview">The TVIEW's name.</param>
    public virtual string? BackingView(string tview) => null;

    /// <summary>SQL: the names of all TVIEWs of the database, as the engine knows them.</summary>
    public abstract string Names { get; }

    /// <summary>
    /// The search_path with which sessions find the engine's functions; null where the server's own will do.
    /// </summary>
    public virtual string? SearchPath => null;

    /// <summary>The statements that make a TVIEW, in the form that suits this engine best.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="query">Its defining query.</param>
    public virtual IEnumerable<string> CreateSql(string name, string query) =>
        [$"SELECT pg_tviews_create('{name}', '{query.Replace("'", "''", StringComparison.Ordinal)}')"];

    /// <summary>Makes the engine available in a database.</summary>
    /// <param name="connection">An open connection to it.</param>
    public abstract Task InstallAsync(NpgsqlConnection connection);

    /// <summary>The engine's own version.</summary>
    /// <param name="connection">An open connection to a database where it is installed.</param>
    public virtual async Task<string> VersionAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_tviews_version()", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// A schema over which statements, transactions and races are drawn: one that is itself drawn from a seed, or a user's
/// own, read from the catalogue.
/// </summary>
internal abstract class WorkloadSchema
{
    /// <summary>The seed of all draws.</summary>
    internal abstract int Seed { get; }

    /// <summary>The tables and TVIEWs, as they are made.</summary>
    internal abstract Schema Schema { get; }

    /// <summary>A TVIEW that is created and dropped while others write; null where there is none.</summary>
    internal virtual Tview? Extra => null;

    /// <summary>The same with another expression under the same columns.</summary>
    internal virtual Tview? OtherExtra => null;

    /// <summary>A base table by whose n a TVIEW divides; null where none does.</summary>
    internal virtual string? Failing => null;

    /// <summary>
    /// Whether the engine may have to refresh only after something else at COMMIT: then a transaction that flushes
    /// before its end holds the engine's locks while it waits for base rows, and can deadlock by nature.
    /// </summary>
    internal abstract bool IsDeferred { get; }

    /// <summary>Whether sessions may act as another role, and with an empty search_path.</summary>
    internal virtual bool TakesAnySession => true;

    /// <summary>Draws statements.</summary>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="merge">Whether the server knows MERGE (15 and later).</param>
    internal abstract IStatements Statements(Random random, bool merge);

    /// <summary>Draws the statements of a transaction that a user has written; null where there is none.</summary>
    /// <param name="random">Where the draws come from.</param>
    internal virtual IReadOnlyList<Statement>? Script(Random random) => null;

    /// <summary>
    /// Reads the rows that its tables hold now, so that what a finding does not need can be left out.
    /// </summary>
    /// <param name="connection">An open connection to a database that has it.</param>
    internal abstract Task<SchemaParts> ReadPartsAsync(NpgsqlConnection connection);

    /// <summary>Notes that a statement was tried.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="refusal">Why it was refused; null where it was not.</param>
    internal virtual void Note(Statement statement, PostgresException? refusal) { }
}

/// <summary>Draws statements over the base tables of a schema.</summary>
internal interface IStatements
{
    /// <summary>The kinds of statements that can be drawn over these tables.</summary>
    IEnumerable<string> Kinds { get; }

    /// <summary>The statements of a transaction.</summary>
    List<Statement> Next(int count);

    /// <summary>A statement for a transaction of its own.</summary>
    Statement One();

    /// <summary>The same, each kind as often as any other.</summary>
    Statement OneOfAnyKind();

    /// <summary>Empties a table, and does not wait for it for long.</summary>
    Statement Truncate();

    /// <summary>
    /// A statement after which a TVIEW cannot be refreshed; only where the schema has one that fails.
    /// </summary>
    Statement Fail(bool qualified) => throw new InvalidOperationException("No TVIEW of these tables is made to fail.");
}

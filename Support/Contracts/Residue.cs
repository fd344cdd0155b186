using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>No leftovers: afterwards no queued key, lock, prepared transaction or orphaned object is there.</summary>
public sealed class Residue : IChecker
{
    private const string Locks = """
        SELECT format('advisory lock %s/%s held by pid %s', classid, objid, coalesce(pid::text, 'none (prepared)'))
        FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private const string Prepared =
        "SELECT format('prepared transaction %L', gid) FROM pg_prepared_xacts WHERE database = current_database()";

    private const string Sessions = """
        SELECT format('session %s is still %s: %s', pid, state, left(query, 100)) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
            AND backend_type = 'client backend'
        """;    // autovacuum comes and goes

    /// <inheritdoc/>
    public Contract Contract => Contract.NoLeftovers;

    /// <inheritdoc/>
    public string Claim => "nothing is left behind";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var findings = new List<string>();
        await using var command = new NpgsqlCommand(SqlOf(evidence.Engine), evidence.Connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            findings.Add(reader.GetString(0));
        }

        return CheckResult.From(this, findings);
    }

    /// <summary>SQL: a line of text for each thing that should not be there.</summary>
    /// <param name="engine">The engine under test.</param>
    internal static string SqlOf(TviewEngine engine) =>
        string.Join(
            " UNION ALL ",
            new[] { OftenSqlOf(engine), engine.Orphans, Sessions, Locks }.OfType<string>()
        );

    /// <summary>
    /// The same of what any transaction can leave, in a database whose sessions are idle. Advisory locks are not among
    /// it, because they stay until their session ends, nor orphans, which stay until they are dropped: to walk through
    /// the table of all locks takes a server for a thousand sessions a millisecond, and they can be looked for later.
    /// </summary>
    /// <param name="engine">The engine under test.</param>
    internal static string OftenSqlOf(TviewEngine engine) =>
        $"{engine.Leftovers} UNION ALL {Prepared}"
        + (engine.Health is { } health
            ? $" UNION ALL SELECT 'its own health check says: ' || h.said FROM ({health}) h(said)"
            : "");
}

using Npgsql;
using Specs.Support.Engines;

namespace Specs.Support.Contracts;

/// <summary>Contract 5: afterwards no queued key, lock, prepared transaction or orphaned object is there.</summary>
public static class Residue
{
    /// <summary>The claim, as reports show it.</summary>
    public const string Contract = "Contract 5 (no leftovers): nothing is left behind";

    private const string Everywhere = """
        SELECT format('advisory lock %s/%s held by pid %s', classid, objid, coalesce(pid::text, 'none (prepared)')) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        UNION ALL
        SELECT format('prepared transaction %L', gid) FROM pg_prepared_xacts WHERE database = current_database()
        UNION ALL
        SELECT format('session %s is still %s: %s', pid, state, left(query, 100)) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
            AND backend_type = 'client backend'     -- autovacuum comes and goes
        """;

    /// <summary>Looks for all of them.</summary>
    /// <param name="connection">An open connection; the fleet's sessions are closed.</param>
    /// <param name="engine">Knows what the engine itself may leave.</param>
    public static async Task<CheckResult> CheckAsync(NpgsqlConnection connection, TviewEngine engine)
    {
        var findings = new List<string>();
        await using var command = new NpgsqlCommand($"{engine.Leftovers} UNION ALL {Everywhere}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            findings.Add(reader.GetString(0));
        }

        return CheckResult.From(Contract, findings);
    }
}

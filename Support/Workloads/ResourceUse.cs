using System.Globalization;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>What was in use at one moment of a long load.</summary>
/// <param name="Tenth">After which tenth of the load's transactions, from 1 to 10.</param>
/// <param name="Of">Whose figure it is: a backend's process id, or the database.</param>
/// <param name="Figure">One of <see cref="ResourceUse.Figures"/>.</param>
/// <param name="Value">In bytes, or a number.</param>
public sealed record ResourceLook(int Tenth, string Of, string Figure, long Value);

/// <summary>What a load uses of the server that it might keep.</summary>
public static class ResourceUse
{
    /// <summary>
    /// What is looked at, each with the growth that says nothing: caches fill up, and files grow by pages.
    /// </summary>
    public static IReadOnlyDictionary<string, long> Figures { get; } = new Dictionary<string, long>
    {
        [Memory] = 64 * 1024,
        [Plans] = 5,
        [Locks] = 5,
        [Size] = 256 * 1024,
        [Relations] = 5,
        [Snapshot] = 1000,
    };

    private const string Memory = "bytes of the backend's memory", Plans = "cached plans of the backend",
        Locks = "locks of the backend", Size = "bytes of TVIEWs and of the engine's relations",
        Relations = "relations in the database", Snapshot = "transactions since the oldest snapshot";

    private const string OfDatabase = "the database";

    // A backend can be asked for nobody's memory but its own. What is used of it, not what was asked for: a cache that
    // needs a few bytes more may ask for a megabyte at once.
    private const string BackendSql = """
        SELECT concat_ws(' ', pg_backend_pid(), sum(used_bytes), count(*) FILTER (WHERE name LIKE 'CachedPlan%'),
            (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()))
        FROM pg_backend_memory_contexts
        """;

    private const string Everything = """
        FROM pg_class c WHERE relkind = 'r' AND relpersistence <> 't'
            AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'specs_watch')
        """;

    /// <summary>Looks at the backend that serves a session now.</summary>
    /// <param name="session">The session, between two transactions.</param>
    /// <param name="tenth">After which tenth.</param>
    /// <param name="cancel">Stops waiting.</param>
    internal static async Task<IReadOnlyList<ResourceLook>> OfBackendAsync(
        Session session, int tenth, CancellationToken cancel)
    {
        var parts = ((string)(await session.ExecuteOnceAsync(BackendSql, cancel))!).Split(' ');
        return
        [
            .. new[] { Memory, Plans, Locks }.Select((figure, i) => new ResourceLook(
                tenth, $"backend {parts[0]}", figure, long.Parse(parts[i + 1], CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Looks at the database.</summary>
    /// <param name="connection">A connection to it that no session of the load has.</param>
    /// <param name="schema">Its base tables are users' and not counted; its TVIEWs are.</param>
    /// <param name="tenth">After which tenth.</param>
    internal static async Task<IReadOnlyList<ResourceLook>> OfDatabaseAsync(
        NpgsqlConnection connection, Schema schema, int tenth)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint {Everything}
                    AND (relname = ANY ($2) OR NOT relname = ANY ($1))),
                (SELECT count(*) FROM pg_class),
                (SELECT coalesce(max(age(backend_xmin)), 0)::bigint FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid())
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = schema.Tviews.SelectMany(t => t.Reads).ToArray() },
                new() { Value = schema.Tviews.Select(t => t.Name).ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return
        [
            .. new[] { Size, Relations, Snapshot }.Select((figure, i) =>
                new ResourceLook(tenth, OfDatabase, figure, reader.GetInt64(i))),
        ];
    }

    /// <summary>
    /// Does what autovacuum does, when a test cannot wait for it: all tables of users and of the engine.
    /// </summary>
    /// <param name="connection">A connection to the database.</param>
    internal static async Task VacuumAsync(NpgsqlConnection connection)
    {
        await using var tables = new NpgsqlCommand(
            $"SELECT 'VACUUM ' || string_agg(oid::regclass::text, ', ') {Everything}", connection);
        await new NpgsqlCommand((string)(await tables.ExecuteScalarAsync())!, connection).ExecuteNonQueryAsync();
    }

    /// <summary>
    /// The tables that autovacuum should have visited by now and has not, in one text; null for none.
    /// </summary>
    /// <param name="connection">A connection to the database.</param>
    internal static async Task<string?> UnvisitedAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT string_agg(format('%s (%s dead rows)', relid::regclass, n_dead_tup), ', ')
            FROM pg_stat_user_tables
            WHERE n_dead_tup > current_setting('autovacuum_vacuum_threshold')::int
                + current_setting('autovacuum_vacuum_scale_factor')::float * greatest(n_live_tup, 0)
            """,
            connection
        );
        return await command.ExecuteScalarAsync() as string;
    }
}

using Npgsql;

namespace Specs.Support.Hosts;

/// <summary>The settings of every PostgreSQL that the suite starts itself, as a program or in a container.</summary>
internal static class ServerSettings
{
    // Auditors, the scenario's own connection, the run's, and those of sessions that are just ending.
    private const int BesidesSessions = 20;

    /// <summary>How many connections make and drop databases at once, at the most; they are kept for a while.</summary>
    internal const int ForMaintenance = 8;

    // superuser_reserved_connections (3), and room for a person with psql.
    private const int ReservedForSuperusers = 10;

    /// <summary>How many connections a server or a pooler must take for so many sessions.</summary>
    internal static int ConnectionsFor(int sessions) => sessions + BesidesSessions;

    /// <summary>Names and values; durability stays on, or crashes and two-phase commits would mean nothing.</summary>
    /// <param name="sessions">How many sessions must fit.</param>
    /// <param name="preload">The library that every session has loaded; empty for none.</param>
    internal static IEnumerable<(string Name, string Value)> For(int sessions, string preload) =>
    [
        ("max_connections", Text(ConnectionsFor(sessions) + ReservedForSuperusers)),
        ("max_prepared_transactions", Text(ConnectionsFor(Math.Max(100, sessions)))),
        ("max_locks_per_transaction", "128"),
        ("shared_buffers", "256MB"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("log_lock_waits", "on"),
        ("log_line_prefix", "%m [%p] db=%d,app=%a "),
        ("log_min_error_statement", "panic"),
        ("lc_messages", "C"),
        .. preload.Length == 0 ? [] : new[] { ("shared_preload_libraries", preload) },
    ];

    /// <summary>Changes a setting of a running server, for all its sessions.</summary>
    /// <param name="connection">A superuser's connection.</param>
    /// <param name="change">For example SET autovacuum_naptime = '1s', or RESET autovacuum_naptime.</param>
    internal static async Task AlterAsync(NpgsqlConnection connection, string change)
    {
        await new NpgsqlCommand($"ALTER SYSTEM {change}", connection).ExecuteNonQueryAsync();
        await new NpgsqlCommand("SELECT pg_reload_conf()", connection).ExecuteNonQueryAsync();
    }

    /// <summary>Does something while a setting of a server of the suite's own is another one.</summary>
    /// <param name="admin">The connection string of its maintenance database.</param>
    /// <param name="name">The setting.</param>
    /// <param name="value">What it is meanwhile.</param>
    /// <param name="work">What is done.</param>
    internal static async Task DuringAsync(string admin, string name, string value, Func<Task> work)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await AlterAsync(connection, $"SET {name} = '{value}'");
        try
        {
            await work();
        }
        finally
        {
            await AlterAsync(connection, $"RESET {name}");
        }
    }

    /// <summary>The owner of such a server.</summary>
    internal const string User = "specs";

    /// <summary>The name under which a standby streams.</summary>
    internal const string Standby = "specs_standby";

    /// <summary>The connection string of its maintenance database. Holds a password: never print it.</summary>
    /// <param name="host">Where it listens; loopback only, hence without TLS.</param>
    /// <param name="port">And at which port.</param>
    /// <param name="password">The run's own.</param>
    internal static string Admin(string host, int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = port,
        Username = User,
        Password = password,
        Database = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = false,
    }.ConnectionString;

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using Npgsql;

namespace Specs.Support.Hosts;

/// <summary>The two files of every PgBouncer that the suite starts itself, as a program or in a container.</summary>
/// <param name="server">The way to the one database, as PgBouncer sees it.</param>
/// <param name="options">How it pools.</param>
/// <param name="folder">Where it finds its users and writes its log.</param>
internal sealed class PgBouncerSettings(NpgsqlConnectionStringBuilder server, PoolerOptions options, string folder)
{
    internal string Users => $"{Quoted(server.Username!)} {Quoted(server.Password!)}\n";

    /// <summary>
    /// The ini file. No ignore_startup_parameters: Npgsql sends user, database, client_encoding and application_name
    /// only, all of which PgBouncer tracks; anything else should be refused rather than silently dropped. No
    /// query_wait_timeout: the fleet has a limit of its own, which leaves a report. With a plain password PgBouncer can
    /// do SCRAM both ways.
    /// </summary>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port to listen on.</param>
    internal string Ini(string address, int port) => $"""
        [databases]
        {server.Database} = host={server.Host} port={server.Port} dbname={server.Database}
        * = host={server.Host} port={server.Port}

        [pgbouncer]
        listen_addr = {address}
        listen_port = {port}
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = {folder}/users
        logfile = {folder}/pgbouncer.log
        pool_mode = {options.Mode.ToString().ToLowerInvariant()}
        default_pool_size = {options.ServerConnections}
        max_client_conn = {options.Clients}
        server_reset_query = DISCARD ALL
        server_reset_query_always = {(options.ResetAlways ? 1 : 0)}
        server_login_retry = 1
        query_wait_timeout = 0
        {Tls}

        """;

    // As the connection string has it. Npgsql trusts the machine's certificates where it names none.
    private string Tls => server.SslMode switch
    {
        SslMode.VerifyCA or SslMode.VerifyFull =>
            $"server_tls_sslmode = verify-{(server.SslMode == SslMode.VerifyCA ? "ca" : "full")}\n"
            + $"server_tls_ca_file = {server.RootCertificate ?? "/etc/ssl/certs/ca-certificates.crt"}",
        var mode => $"server_tls_sslmode = {mode.ToString().ToLowerInvariant()}",
    };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>The question that a PgBouncer is asked until it answers.</summary>
internal static class PgBouncerKnock
{
    /// <summary>Why it lets no client in; null where it does.</summary>
    /// <param name="connection">The connection string through it.</param>
    internal static async Task<string?> RefusalAsync(string connection)
    {
        try
        {
            await using var client = new NpgsqlConnection(connection);
            await client.OpenAsync();
            return null;
        }
        catch (NpgsqlException e)
        {
            return e.Message;
        }
    }
}

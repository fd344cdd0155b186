using System.Diagnostics;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.Support.Hosts;

/// <summary>A throw-away PgBouncer of the programs of this machine, on loopback only.</summary>
internal sealed class LocalPgBouncer : IPooler
{
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly NpgsqlConnectionStringBuilder _own;
    private Process? _process;
    private Task<string> _errors = Task.FromResult("");
    private string? _lastLog;

    private LocalPgBouncer(string folder, NpgsqlConnectionStringBuilder server, PoolerOptions options)
    {
        // The sweep of a killed run finds the process by this folder in its command line.
        _folder = Path.Combine(folder, "pgbouncer." + Path.GetRandomFileName());
        _server = server;
        _own = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Pooling = false };
        Options = options;
    }

    public PoolerOptions Options { get; }

    public string ConnectionString => _own.ConnectionString;

    public string Log => _lastLog ?? (File.Exists(LogFile) ? File.ReadAllText(LogFile) : "");

    private string LogFile => Path.Combine(_folder, "pgbouncer.log");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="folder">The run's temporary folder.</param>
    /// <param name="server">The way to the database, for PgBouncer itself.</param>
    /// <param name="options">How it pools.</param>
    /// <exception cref="UserError">It does not start, or does not let a client in; nothing of it is left then.</exception>
    internal static async Task<LocalPgBouncer> StartAsync(string folder, NpgsqlConnectionStringBuilder server, PoolerOptions options)
    {
        var pooler = new LocalPgBouncer(folder, server, options);
        try
        {
            Directory.CreateDirectory(pooler._folder);
            await Programs.GiveToServerAsync(pooler._folder);
            for (var attempt = 1; !await pooler.TryStartAsync(); attempt++)
            {
                // The port was free a moment ago; somebody was quicker, so take another one.
                if (attempt == 5)
                {
                    throw new UserError($"PgBouncer did not start; it said: {pooler.LastWords(await pooler._errors)}");
                }
            }

            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    // What is wrong before there is a log stands in the errors.
    private string LastWords(string errors) =>
        string.Join(" | ", (Log + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));

    /// <returns>False where the process ended by itself.</returns>
    private async Task<bool> TryStartAsync()
    {
        _own.Port = Programs.FreePort();
        await WriteAsync("users", $"{Quoted(_server.Username!)} {Quoted(_server.Password!)}\n");
        var settings = await WriteAsync("pgbouncer.ini", Settings);
        _process?.Dispose();
        _process = Programs.Start(Programs.FindPgBouncer()!, ["-q", settings], true);
        _errors = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();

        string? refusal = null;
        var answered = await Question.AskUntilAsync(
            async () => _process.HasExited || (refusal = await KnockAsync()) is null, ToAnswer);
        return answered ? !_process.HasExited
            : throw new UserError($"PgBouncer let no client in for {ToAnswer.TotalSeconds:0} s ({refusal}); it said: {LastWords("")}");
    }

    // Why it lets no client in; null where it does.
    private async Task<string?> KnockAsync()
    {
        try
        {
            await using var client = new NpgsqlConnection(ConnectionString);
            await client.OpenAsync();
            return null;
        }
        catch (NpgsqlException e)
        {
            return e.Message;
        }
    }

    // No ignore_startup_parameters: Npgsql sends user, database, client_encoding and application_name only, all of
    // which PgBouncer tracks; anything else should be refused rather than silently dropped. No query_wait_timeout:
    // the fleet has a limit of its own, which leaves a report. With a plain password PgBouncer can do SCRAM both ways.
    private string Settings => $"""
        [databases]
        {_server.Database} = host={_server.Host} port={_server.Port} dbname={_server.Database}
        * = host={_server.Host} port={_server.Port}

        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {_own.Port}
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = {Path.Combine(_folder, "users")}
        logfile = {LogFile}
        pool_mode = {Options.Mode.ToString().ToLowerInvariant()}
        default_pool_size = {Options.ServerConnections}
        max_client_conn = {Options.Clients}
        server_reset_query = DISCARD ALL
        server_reset_query_always = {(Options.ResetAlways ? 1 : 0)}
        server_login_retry = 1
        query_wait_timeout = 0

        """;

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Both files tell the way to the server, one of them the password: they are private before anything is in them.
    private async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(path, content);
        await Programs.GiveToServerAsync(path);
        return path;
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _process = null;
        _lastLog = Log;
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, true);
        }
    }
}

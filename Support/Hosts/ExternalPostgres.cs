using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Hosts;

/// <summary>
/// Somebody's server, and the pooler before it: somebody's as well, or PgBouncers of this machine that the suite
/// starts. Nothing is done there outside databases that the run creates and drops. What the connection string says of
/// TLS holds for every connection to the server.
/// </summary>
/// <param name="options">The run's options.</param>
/// <param name="folder">The run's temporary folder.</param>
internal sealed class ExternalPostgres(RunOptions options, string folder) : IPostgresHost
{
    /// <summary>What to do where it does not answer.</summary>
    internal const string Silent = "check SPECS_CONNECTION and that the server runs";

    /// <summary>
    /// The application name of connections of the run itself; those of a pooler have their clients' names, or none yet.
    /// </summary>
    internal const string Itself = "specs";

    private readonly NpgsqlConnectionStringBuilder _builder = new(options.Connection!)
    {
        Pooling = false,
        ApplicationName = Itself,
    };

    public string Name => $"external ({At(_builder)})";

    public string Admin => _builder.ConnectionString;

    public string WhenSilent => Silent;

    public bool CanRestart => false;

    public long LogLength => 0;

    public string? PoolerName =>
        options.Pooler is not null ? $"external ({At(new(options.Pooler))})"
        : NoPooler is { } reason ? $"none: {reason}"
        : $"the suite's own, one for each scenario ({Programs.FindPgBouncer()})";

    public Unsupported? UnsupportedPooling(PoolerOptions wanted) =>
        options.Pooler is null ? NoPooler is { } reason ? new(reason) : null
        : wanted with { Clients = 0 } == Pooling ? null
        : new($"the external pooler has {Pooling.Name} over {Pooling.ServerConnections} server connections, "
            + $"not {wanted.Name} over {wanted.ServerConnections}");

    // Why the suite cannot start one itself.
    private string? NoPooler => Programs.FindPgBouncer() is null
        ? "PgBouncer is not installed on this machine, and SPECS_POOLER names no pooler before the external server"
        : _builder.Host!.Contains(',')
            ? "PgBouncer takes one host, and SPECS_CONNECTION names several; name a pooler in SPECS_POOLER"
            : null;

    private PoolerOptions Pooling => new(options.PoolerMode, options.PoolerResetAlways, options.PoolerSize, 0);

    public string? ReadLog(long from) => null;

    public Task StartAsync() => throw new NotSupportedException("An external server is not the suite's to start.");

    public Task StopAsync() => throw new NotSupportedException("An external server is not the suite's to stop.");

    public Task KillAsync() => throw new NotSupportedException("An external server is not the suite's to kill.");

    public Task SignalAsync(int id, string signal) =>
        throw new NotSupportedException("An external server's processes are not the suite's to signal.");

    public Unsupported? UnsupportedStandby => new("an external server is not the suite's to copy and to kill");

    public Task<IPostgresHost> StartStandbyAsync() =>
        throw new NotSupportedException("An external server gets no standby from the suite.");

    public Task<SmallDisk?> MakeSmallDiskAsync() => Task.FromResult<SmallDisk?>(null);

    public async Task<IPooler> StartPoolerAsync(string database, PoolerOptions wanted)
    {
        if (options.Pooler is null)
        {
            return await LocalPgBouncer.StartAsync(folder, new(Admin) { Database = database }, wanted);
        }

        var pooler = new ExternalPooler(new(options.Pooler!) { Database = database, Pooling = false },
            Admin, Databases.OfRun(options.RunId), wanted);
        if (await PgBouncerKnock.RefusalAsync(pooler.ConnectionString) is { } refusal)
        {
            throw new UserError(
                $"The pooler of SPECS_POOLER does not let the run into its database {database} ({refusal}); "
                    + "it must know every database of the server, for example by a line '* = host=…' in PgBouncer's "
                    + "[databases]."
            );
        }

        return pooler;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string At(NpgsqlConnectionStringBuilder way) => $"{way.Host}:{way.Port}";
}

/// <summary>Somebody's pooler, which the suite neither starts nor kills nor sets.</summary>
/// <param name="way">The way to a database through it.</param>
/// <param name="admin">The direct connection string of the maintenance database.</param>
/// <param name="run">How the names of the run's databases begin.</param>
/// <param name="options">How it pools.</param>
internal sealed class ExternalPooler(NpgsqlConnectionStringBuilder way, string admin, string run, PoolerOptions options)
    : IPooler
{
    public PoolerOptions Options => options;

    public string ConnectionString => way.ConnectionString;

    public string Log => "";

    public bool CanKill => false;

    public Task KillAsync() => throw new NotSupportedException("An external pooler is not the suite's to kill.");

    /// <summary>
    /// Ends the server connections that it keeps for databases of the run, which are about to be dropped.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(datname, $1) "
                + "AND usename = current_user AND backend_type = 'client backend' AND application_name <> $2",
            connection
        )
        {
            Parameters =
            {
                new() { Value = run },
                new() { Value = ExternalPostgres.Itself },
            },
        };
        await command.ExecuteNonQueryAsync();
    }
}

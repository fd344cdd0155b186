using Microsoft.Extensions.Configuration;
using Npgsql;
using Specs.Support.Bench;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Engines;
using Specs.Support.Hosts;
using Specs.Support.Metrics;
using Specs.Support.Reports;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Running;

/// <summary>One run: its server, its engine and its report. Everything a run holds, it gives back here.</summary>
public sealed partial class Run : IAsyncDisposable
{
    private readonly RunFolder _folder;
    private readonly Run _first;
    private string _version = "";
    private bool _waited;
    private readonly Dictionary<string, BenchResults> _sheets = [];

    private Run(RunOptions options, RunFolder folder, RunReport report, IReadOnlyList<Limit> limits, Run? first = null)
    {
        _first = first ?? this;
        Anomalies = first?.Anomalies ?? new();
        FigureLimits = limits;
        Options = options;
        Engine = TviewEngine.Of(options.Engine, options.Fault is null ? null : SeededFault.Named(options.Fault));
        _folder = folder;
        Report = report;
        Seed = options.Seed;
    }

    /// <summary>The run's options.</summary>
    public RunOptions Options { get; }

    /// <summary>What it leaves behind.</summary>
    public RunReport Report { get; }

    /// <summary>How often each feature has begun.</summary>
    internal Repetitions Repetitions { get; } = new();

    /// <summary>The repetition that is under way, from 1.</summary>
    public int Repetition { get; private set; } = 1;

    /// <summary>The seed of what is under way: the run's own, or a later one in a later repetition.</summary>
    public int Seed { get; private set; }

    /// <summary>Whether a soak has seen its first failure and shall see no other.</summary>
    public bool IsStopped => Report.Soak is { } soak && !Options.KeepGoing && soak.Count("failed") > 0;

    /// <summary>A feature begins, perhaps not for the first time.</summary>
    internal void BeginFeature(string title)
    {
        Report.Repetition = Repetition = Repetitions.Begin(title, Options);
        Seed = (int)((Options.Seed + (Repetition - 1L)) % int.MaxValue);
    }

    /// <summary>A folder that goes with the run, and with it every process that was started from there.</summary>
    public string TemporaryFolder => _folder.Path;

    /// <summary>Makes a folder below that, which nobody else has.</summary>
    /// <param name="what">What it is for, as the beginning of its name.</param>
    /// <returns>Its path.</returns>
    public string NewFolder(string what) =>
        Directory.CreateDirectory(Path.Combine(TemporaryFolder, $"{what}_{Guid.NewGuid():N}")).FullName;

    /// <summary>How many sessions a scenario gets.</summary>
    /// <param name="asked">How many it asks for; SPECS_SESSIONS replaces them.</param>
    public int SessionsFor(int asked) => Options.Sessions ?? asked;

    /// <summary>How many sessions the server of this run takes.</summary>
    public int Capacity => Math.Max(Options.Sessions ?? 0, Options.Capacity);

    /// <summary>The engine under test.</summary>
    public TviewEngine Engine { get; }

    /// <summary>The user's own tables that it was given; null where it was given none.</summary>
    internal LoadedSchema? Own { get; private set; }

    /// <summary>What the races showed.</summary>
    public AnomalyMatrix Anomalies { get; }

    /// <summary>What the turns of a feature's benches showed.</summary>
    /// <param name="feature">The feature's title.</param>
    internal BenchResults Sheet(string feature) =>
        _sheets.TryGetValue(feature, out var sheet)
            ? sheet
            : _sheets[feature] = new BenchResults(
                feature.EndsWith("pgbench", StringComparison.Ordinal) ? "pgbench"
                : feature.EndsWith("isolation tester", StringComparison.Ordinal) ? "isolationtester"
                : null
            );

    /// <summary>The server.</summary>
    public IPostgresHost Host { get; private set; } = null!;

    /// <summary>What the figures of its workloads may be.</summary>
    public IReadOnlyList<Limit> FigureLimits { get; }

    /// <summary>Its databases.</summary>
    public Databases Databases { get; private set; } = null!;

    /// <summary>
    /// Reads the options, clears away what killed runs left, starts the server and installs the engine.
    /// </summary>
    /// <exception cref="UserError">An option is not allowed or there is no server; nothing is left behind.</exception>
    public static async Task<Run> StartAsync()
    {
        FeatureFiles.Check();
        var options = RunOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables("SPECS_").Build());
        foreach (
            var name in Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(n => n.StartsWith("PG", StringComparison.Ordinal))
        )
        {
            Environment.SetEnvironmentVariable(name, null);     // libpq's settings must not leak into the sessions
        }

        var own = Running.Repetitions.Of(options).Count;
        if (own == 0)
        {
            throw new UserError($"SPECS_SHARD={options.Shard.Number}/{options.Shard.Of} has none of {options.Repeat} "
                + "repetitions; take no more shards than repetitions.");
        }

        if (MutationRun.NamesOf(options).Count == 0)
        {
            throw new UserError($"SPECS_FAULT_SHARD={options.FaultShard.Number}/{options.FaultShard.Of} has none of "
                + "the seeded faults; take no more shards than faults.");
        }

        var limits = options.Limits is null ? [] : Limits.Read(options.Limits);
        var progress = ProgressSocket.Open();
        var report = new RunReport(options.Output, options.RunId, progress)
        {
            Soak =
                options.Repeat == 1
                    ? null
                    : new SoakTally(
                        own,
                        $"asked for {own} of {options.Repeat} repetitions"
                            + (options.Shard == Shard.Whole ? "" : $", {options.Shard}")
                    ),
        };
        foreach (var line in RunFolder.SweepOthers())
        {
            report.Say(line);
        }

        var run = new Run(options, new RunFolder(options.RunId), report, limits);
        try
        {
            run.WatchSignals();
            run.Watch(progress);
            var why = await run.StartServerAsync();
            await run.ReadOwnAsync();
            run.SayBanner(why);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same run with a server of its own, for a feature beside the one on this server.</summary>
    /// <exception cref="UserError">There is no such server.</exception>
    internal async Task<Run> BesideAsync()
    {
        var beside = new Run(Options, _folder, Report, FigureLimits, this);
        try
        {
            await beside.StartServerAsync();
            return beside;
        }
        catch
        {
            await beside.DisposeServerAsync();
            throw;
        }
    }

    // Returns why the server is where it is.
    private async Task<string> StartServerAsync()
    {
        (Host, var why) = await HostFactory.StartAsync(Options, _folder, Capacity, Report.Say);
        Databases = await Databases.OpenAsync(Host.Admin, Options.RunId, Capacity, Host.WhenSilent, Report.Say);
        Databases.CopiesFiles = Host.IsInMemory;
        await Databases.CreateTemplateAsync(async database =>
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await Engine.InstallAsync(connection);
            Databases.SearchPath = Engine.SearchPath;
            await new NpgsqlCommand(Audit.Install + RefreshLog.Install, connection).ExecuteNonQueryAsync();
            _version = await Engine.VersionAsync(connection);
            await new NpgsqlCommand("ANALYZE", connection).ExecuteNonQueryAsync();
        });
        return why;
    }

    private async Task ReadOwnAsync()
    {
        if (Options.Schema is { } folder)
        {
            // What is wrong in it is said before anything runs.
            var name = await Databases.CreateAsync();
            await using var connection = new NpgsqlConnection(Databases.ConnectionTo(name));
            await connection.OpenAsync();
            Own = await LoadedSchema.ReadAsync(SchemaFolder.Read(folder), connection, Engine);
            Databases.Discard(name);
        }
    }

    /// <summary>Waits, before the run's first load, for the moment at which all machines begin theirs.</summary>
    internal async Task WaitForStartAsync()
    {
        if (_waited || Options.StartAt is not { } start)
        {
            return;
        }

        _waited = true;
        var left = start - DateTimeOffset.UtcNow;
        if (left < TimeSpan.Zero)
        {
            throw new UserError(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The common start was {-left.TotalSeconds:0.0} s ago, and the other machines did not wait; give all "
                    + $"of them a later moment with --start-at."));
        }

        Report.Say(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  waiting {left.TotalSeconds:0} s for the common start"
            )
        );
        await Task.Delay(left); // the event is the clock itself: machines that begin together share nothing else
    }

    /// <summary>Drops the run's databases, stops its server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await DisposeServerAsync();
        }
        finally
        {
            _folder.Remove();
            _signals.ForEach(s => s.Dispose());
        }
    }

    /// <summary>Drops the databases and stops the server, and leaves what the run's servers share.</summary>
    internal async Task DisposeServerAsync()
    {
        if (Databases is not null)
        {
            // A signal has ended the run's own server already, and who drops a database would wait for it.
            await (!Host.CanRestart ? Databases.DisposeAsync().AsTask()
                : _first._ending ? Task.CompletedTask
                : Databases.LeaveAsync());
        }

        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }
}

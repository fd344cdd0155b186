using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Specs.Support.Configuration;

/// <summary>Where PostgreSQL runs.</summary>
public enum HostKind
{
    /// <summary>Containers where a Docker engine answers, else programs of this machine.</summary>
    Auto,

    /// <summary>Programs of this machine: a throw-away cluster.</summary>
    Local,

    /// <summary>Somebody's server, by connection string.</summary>
    External,

    /// <summary>Containers.</summary>
    Testcontainers,
}

/// <summary>
/// Every setting of a run, read once from the SPECS_* environment variables and validated as a whole.
/// </summary>
public sealed record RunOptions
{
    /// <summary>The most sessions that a scenario may be asked for.</summary>
    public const int MostSessions = 10_000;

    /// <summary>SPECS_HOST: where PostgreSQL runs.</summary>
    public HostKind Host { get; private init; }

    /// <summary>SPECS_ENGINE: the implementation under test.</summary>
    public EngineFolder Engine { get; private init; } = null!;

    /// <summary>
    /// SPECS_EXTENSION: the packaged files of the extension, to be given to the suite's own server; null where it has
    /// them.
    /// </summary>
    internal ExtensionPackage? Extension { get; private init; }

    /// <summary>The library that the suite's own server loads into every session; empty for none.</summary>
    internal string Preload => Engine.Profile is not { Preload: true, Package: { } package } ? ""
        : Extension is { Libraries.Count: 0 } ? ""
        : package;

    /// <summary>SPECS_SCHEMA: the folder of a user's own tables; null for the features' own.</summary>
    public string? Schema { get; private init; }

    /// <summary>
    /// SPECS_FAULT: the seeded fault with which the reference engine is broken; null for the sound engine.
    /// </summary>
    public string? Fault { get; private init; }

    /// <summary>SPECS_TIMES: how often the scenario that a seeded fault names runs against it.</summary>
    public int Times { get; private init; }

    /// <summary>SPECS_SESSIONS: replaces the number of sessions that scenarios name; null keeps theirs.</summary>
    public int? Sessions { get; private init; }

    /// <summary>
    /// SPECS_CAPACITY: how many sessions the server must take; 100 is the most that features have, but for the bench.
    /// </summary>
    public int Capacity { get; private init; }

    /// <summary>
    /// SPECS_START_AT: when the first load begins, so that several machines begin together; null for at once.
    /// </summary>
    public DateTimeOffset? StartAt { get; private init; }

    /// <summary>SPECS_SEED: the seed of everything random; chosen by the clock where it is not given.</summary>
    public int Seed { get; private init; }

    /// <summary>SPECS_INTERLEAVING: the one order in which sessions take their steps; null for every order.</summary>
    public string? Interleaving { get; private init; }

    /// <summary>SPECS_ALL_PERMUTATIONS: whether also those are taken that cannot differ from others.</summary>
    public bool AllPermutations { get; private init; }

    /// <summary>
    /// SPECS_STRESS_SECONDS: how long random statements run; null for the two rounds of a normal run.
    /// </summary>
    public int? StressSeconds { get; private init; }

    /// <summary>SPECS_AT_ONCE: how many features are under way at once; one where it is not said.</summary>
    public int AtOnce { get; private init; }

    /// <summary>The variable because of which features go one after the other: it is about a load that shall have the
    /// machine to itself, or about the one server that there is; null where there is none.</summary>
    internal string? OneAtATimeFor =>
        new[]
        {
            ("REPEAT", Repeat > 1),
            ("SCHEMA", Schema is not null),
            ("SESSIONS", Sessions is not null),
            ("RATE", Rate is not null),
            ("START_AT", StartAt is not null),
            ("CONNECTION", Connection is not null),
        }.FirstOrDefault(v => v.Item2).Item1 is { } name ? "SPECS_" + name : null;

    /// <summary>
    /// SPECS_RATE: how many transactions all sessions of a workload begin each second; null for as fast as they can.
    /// </summary>
    public int? Rate { get; private init; }

    /// <summary>
    /// SPECS_REPEAT: how often every scenario runs, each time with another seed; more than once is a soak.
    /// </summary>
    public int Repeat { get; private init; }

    /// <summary>SPECS_SHARD: which of how many machines this is, between which the repetitions are dealt out.</summary>
    public Shard Shard { get; private init; }

    /// <summary>
    /// SPECS_FAULT_SHARD: which of how many machines this is, between which the faults of a proof are dealt out.
    /// </summary>
    public Shard FaultShard { get; private init; }

    /// <summary>SPECS_KEEP_GOING: whether a soak goes on after a failure.</summary>
    public bool KeepGoing { get; private init; }

    /// <summary>SPECS_LIMITS: the file that says what the figures may be; null for no bounds.</summary>
    public string? Limits { get; private init; }

    /// <summary>SPECS_POSTGRES: the major version of the local server; null takes what is installed.</summary>
    public int? Postgres { get; private init; }

    /// <summary>SPECS_PG_BIN: the folder of initdb and postgres, before PATH and the usual folders.</summary>
    public string? PostgresPrograms { get; private init; }

    /// <summary>
    /// SPECS_PG_IMAGE: the image of PostgreSQL in a container; null takes the official one of <see cref="Postgres"/>.
    /// </summary>
    public string? PostgresImage { get; private init; }

    /// <summary>SPECS_PGBOUNCER_IMAGE: an image with PgBouncer; null builds docker/pgbouncer.</summary>
    public string? PgBouncerImage { get; private init; }

    /// <summary>
    /// SPECS_CACHE: the folder that keeps fetched programs for later runs. Root's home is closed to the user of its
    /// servers.
    /// </summary>
    public string Cache { get; private init; } = "";

    /// <summary>
    /// SPECS_CONNECTION: the connection string of an external server. Holds a password: never print it.
    /// </summary>
    public string? Connection { get; private init; }

    /// <summary>
    /// SPECS_POOLER: the connection string of a pooler before the external server. Holds a password: never print it.
    /// </summary>
    public string? Pooler { get; private init; }

    /// <summary>SPECS_POOLER_MODE: when that pooler gives a server connection to another client.</summary>
    public PoolMode PoolerMode { get; private init; }

    /// <summary>SPECS_POOLER_RESET: whether it resets the session between two clients in every mode.</summary>
    public bool PoolerResetAlways { get; private init; }

    /// <summary>SPECS_POOLER_SIZE: how many server connections it has for a database.</summary>
    public int PoolerSize { get; private init; }

    /// <summary>SPECS_OUTPUT: the folder below which every run gets a folder of its own.</summary>
    public string Output { get; private init; } = "";

    /// <summary>SPECS_TIMEOUT: how long one step of a scenario may wait for its sessions.</summary>
    public TimeSpan Timeout { get; private init; }

    /// <summary>SPECS_STRICT: whether a skipped scenario fails.</summary>
    public bool Strict { get; private init; }

    /// <summary>Names this run in folders, databases and application names: UTC time and process id.</summary>
    public string RunId { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss}_{Environment.ProcessId}");

    /// <summary>
    /// The command that runs a scenario of these tags on the same engine, server and number of sessions.
    /// </summary>
    public string CommandOf(IReadOnlyCollection<string> tags) =>
        string.Concat([
            "./specs ",
            tags.Contains("bench") ? "bench"
            : tags.Contains("prove") ? "prove"
            : tags.Contains("suite") ? "test"
            : tags.Contains("random") ? "explore"
            : "run",
            .. from option in new (string Name, object? Value)[]
            {
                ("engine", Engine.Path == "reference" ? null : Engine.Path),
                ("schema", Schema),
                ("fault", Fault),
                ("postgres", Postgres),
                ("sessions", Sessions),
                ("rate", Rate),
            }
            where option.Value is not null
            select FormattableString.Invariant($" --{option.Name} {option.Value}"),
        ]);

    /// <summary>Reads and validates the settings.</summary>
    /// <param name="settings">Keys without their SPECS_ prefix.</param>
    /// <exception cref="UserError">A setting is not allowed.</exception>
    public static RunOptions Read(IConfiguration settings)
    {
        var given = OptionTable.Read(settings);
        T Of<T>(string name) where T : struct, Enum => Enum.Parse<T>((string)given[name]!, true);
        int Number(string name) => (int)given[name]!;
        string? Text(string name) => (string?)given[name];
        // A package without the name of an engine is that of pg_tviews.
        var engine = Text("EXTENSION") is not null && string.IsNullOrWhiteSpace(settings["ENGINE"])
            ? EngineFolder.Of("extension")
            : (EngineFolder)given["ENGINE"]!;
        var options = new RunOptions
        {
            Host = Of<HostKind>("HOST"),
            Engine = engine,
            Extension = Text("EXTENSION") is { } folder
                ? ExtensionPackage.Read(Path.GetFullPath(folder, TreeRoot()), engine.Profile)
                : null,
            Schema = Text("SCHEMA") is { } schema ? Path.GetFullPath(schema, TreeRoot()) : null,
            Fault = Text("FAULT"),
            Times = Number("TIMES"),
            Sessions = (int?)given["SESSIONS"],
            Capacity = Number("CAPACITY"),
            StartAt = given["START_AT"] is int start ? DateTimeOffset.FromUnixTimeSeconds(start) : null,
            Seed = (int?)given["SEED"] ?? Random.Shared.Next(),
            Interleaving = Text("INTERLEAVING"),
            AllPermutations = Text("ALL_PERMUTATIONS") == "1",
            StressSeconds = (int?)given["STRESS_SECONDS"],
            Rate = (int?)given["RATE"],
            AtOnce = (int?)given["AT_ONCE"] ?? 1,
            Repeat = Number("REPEAT"),
            Shard = (Shard)given["SHARD"]!,
            FaultShard = (Shard)given["FAULT_SHARD"]!,
            KeepGoing = Text("KEEP_GOING") == "1",
            // The suite's own limits are of its own engine's figures.
            Limits = Text("LIMITS") is { } limits ? Path.GetFullPath(limits)
                : engine.Path == "reference" ? Path.Combine(AppContext.BaseDirectory, "limits.json")
                : null,
            Postgres = (int?)given["POSTGRES"],
            PostgresPrograms = Text("PG_BIN"),
            PostgresImage = Text("PG_IMAGE"),
            PgBouncerImage = Text("PGBOUNCER_IMAGE"),
            Cache = Path.GetFullPath(
                Text("CACHE")
                    ?? Path.Combine(
                        Environment.UserName == "root" ? "/var/cache"
                            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home ? home
                            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                        "pg_tviews_specs"
                    )
            ),
            Connection = Text("CONNECTION"),
            Pooler = Text("POOLER"),
            PoolerMode = Of<PoolMode>("POOLER_MODE"),
            PoolerResetAlways = Text("POOLER_RESET") == "1",
            PoolerSize = Number("POOLER_SIZE"),
            Output = Path.GetFullPath(Text("OUTPUT") ?? Path.Combine(TreeRoot(), "artifacts")),
            Timeout = TimeSpan.FromSeconds(Number("TIMEOUT")),
            Strict = Text("STRICT") == "1",
        };
        options.Validate();
        return options;
    }

    private void Validate()
    {
        if (StartAt < DateTimeOffset.UtcNow)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture,
                $"SPECS_START_AT={StartAt.Value.ToUnixTimeSeconds()} is past, for now is "
                    + $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}; give a moment that leaves time to build and to "
                    + $"prepare, such as two minutes."));
        }

        if (AtOnce > 1 && OneAtATimeFor is { } other)
        {
            throw new UserError($"SPECS_AT_ONCE={AtOnce} has each feature on a server of its own beside others, but "
                + $"{other} is about one server that has the machine to itself; leave one of them out.");
        }

        if (Extension is not null && Connection is not null)
        {
            throw new UserError("SPECS_EXTENSION cannot be put into the external server of SPECS_CONNECTION; install "
                + "it there, and leave SPECS_EXTENSION out.");
        }

        if (Fault is not null && Engine.Path != "reference")
        {
            throw new UserError(
                $"SPECS_FAULT breaks the reference engine only; leave it out with SPECS_ENGINE={Engine.Path}."
            );
        }

        if (Host == HostKind.External && Connection is null)
        {
            throw new UserError("SPECS_HOST=external needs SPECS_CONNECTION, an Npgsql connection string such as "
                + "'Host=…;Username=…;Password=…'.");
        }

        if (Host is HostKind.Local or HostKind.Testcontainers && Connection is not null)
        {
            throw new UserError($"SPECS_CONNECTION names an external server but SPECS_HOST is "
                + $"{Host.ToString().ToLowerInvariant()}; leave one of them out.");
        }

        if (Pooler is not null && Connection is null)
        {
            throw new UserError(
                "SPECS_POOLER names a pooler before an external server; name that server in SPECS_CONNECTION."
            );
        }

        try
        {
            Directory.CreateDirectory(Output);
            File.Create(Path.Combine(Output, $".{RunId}"), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"SPECS_OUTPUT={Output} cannot be written ({e.Message}); name a folder that can.");
        }
    }

    /// <summary>
    /// The folder of the suite's own tree: the nearest one above the test assembly with Specs.csproj.
    /// </summary>
    internal static string TreeRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "Specs.csproj")))
            {
                return d.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}

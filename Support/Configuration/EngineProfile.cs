using System.Text.Json;
using System.Text.Json.Serialization;
using Specs.Support.Model;

namespace Specs.Support.Configuration;

/// <summary>When an engine brings its TVIEWs up to date.</summary>
public enum RefreshMoment
{
    /// <summary>In a row trigger of each changed row.</summary>
    Row,

    /// <summary>At the end of the outermost writing statement.</summary>
    Statement,

    /// <summary>At COMMIT and at PREPARE TRANSACTION.</summary>
    Commit,

    /// <summary>Some time after the commit, by a session of its own.</summary>
    Later,
}

/// <summary>Within what an engine keeps a promise.</summary>
public enum PromiseScope
{
    /// <summary>It does not make that promise.</summary>
    Never,

    /// <summary>Within a statement.</summary>
    Statement,

    /// <summary>Within a transaction.</summary>
    Transaction,
}

/// <summary>How an engine writes what has changed.</summary>
public enum WritingStyle
{
    /// <summary>Each changed row in place.</summary>
    Rows,

    /// <summary>It deletes the changed rows and inserts them again.</summary>
    DeleteAndInsert,

    /// <summary>The whole TVIEW anew.</summary>
    Whole,
}

/// <summary>What the locks of an engine cover.</summary>
public enum LockScope
{
    /// <summary>Nothing: it takes none.</summary>
    None,

    /// <summary>The rows that a transaction concerns: others can be written meanwhile.</summary>
    Rows,

    /// <summary>A whole TVIEW: one transaction at a time can write what it reads.</summary>
    Tview,
}

/// <summary>What becomes of base rows that a session writes where its session_replication_role is replica.</summary>
public enum ReplicaWrites
{
    /// <summary>TVIEWs stay as they were, until an ordinary session writes the row.</summary>
    Stale,

    /// <summary>TVIEWs are maintained as ever.</summary>
    Maintained,
}

/// <summary>The errors that an engine declares: SQLSTATEs for each occasion.</summary>
public sealed record EngineErrors
{
    /// <summary>A TVIEW is created or dropped while others do the same.</summary>
    public IReadOnlyList<string> Ddl { get; init; } = [];

    /// <summary>A TVIEW is created that is there already.</summary>
    public IReadOnlyList<string> Duplicate { get; init; } = ["42P07"];

    /// <summary>A TVIEW is dropped that another one reads.</summary>
    public IReadOnlyList<string> DropOfRead { get; init; } = ["2BP01"];

    /// <summary>Base tables are written where a dump was restored that the engine does not take.</summary>
    public IReadOnlyList<string> Restored { get; init; } = [];

    /// <summary>A defining query is none of the forms that the engine takes.</summary>
    public IReadOnlyList<string> Form { get; init; } = ["0A000"];
}

/// <summary>
/// A finding that is documented of an engine: told as known where it occurs, and a failure where it does not.
/// </summary>
/// <param name="Scenario">Words that only the titles of those scenarios have: "feature › scenario", or a part.</param>
/// <param name="Finding">A text that the finding holds.</param>
/// <param name="Because">Where and how it is documented.</param>
/// <param name="Sometimes">Whether it depends on timing: then a run without it says nothing.</param>
public sealed record KnownFinding(string Scenario, string Finding, string Because, bool Sometimes = false)
{
    /// <summary>Whether it is about a scenario.</summary>
    /// <param name="scenario">"feature › scenario", as reports show it.</param>
    public bool IsAbout(string scenario) => scenario.Contains(Scenario, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// What is declared of an engine, as its engine.json says it. Checkers and drivers ask it, and never the engine's name.
/// </summary>
public sealed record EngineProfile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The isolation levels that an engine need not serve.</summary>
    internal static IReadOnlyList<string> StricterLevels { get; } = ["repeatable read", "serializable"];

    /// <summary>For the banner and the metrics.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public required string About { get; init; }

    /// <summary>When it refreshes.</summary>
    public required RefreshMoment Refreshes { get; init; }

    /// <summary>The extension of PostgreSQL that it is; null where install.sql is all of it.</summary>
    public string? Package { get; init; }

    /// <summary>Whether the server must load that extension's library into every session.</summary>
    public bool Preload { get; init; }

    /// <summary>Within what it writes a refresh key at most once.</summary>
    public PromiseScope Once { get; init; }

    /// <summary>Within what it refreshes a TVIEW after those that it reads.</summary>
    public PromiseScope Ordered { get; init; }

    /// <summary>Whether one refresh brings all TVIEWs to the same moment, where it refreshes later.</summary>
    public bool Together { get; init; }

    /// <summary>How it writes.</summary>
    public WritingStyle Writes { get; init; }

    /// <summary>What its locks cover.</summary>
    public LockScope Locks { get; init; }

    /// <summary>How PostgreSQL's report of a deadlock names a lock of the engine, such as "on advisory lock".</summary>
    public IReadOnlyList<string> LockNames { get; init; } = ["on advisory lock"];

    /// <summary>The forms of a defining query that it does not take.</summary>
    public IReadOnlyList<QueryForm> Refuses { get; init; } = [];

    /// <summary>The types that keys may have; empty for any.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Whether it fails at once, above READ COMMITTED, where it would have to wait for another transaction.
    /// </summary>
    public bool FailsAtOnce { get; init; }

    /// <summary>The isolation levels at which it refuses to write.</summary>
    public IReadOnlyList<string> Unserved { get; init; } = [];

    /// <summary>The SQLSTATEs after which a transaction should be tried again.</summary>
    public IReadOnlyList<string> Retryable { get; init; } = ["40001", "40P01"];

    /// <summary>Its declared errors.</summary>
    public EngineErrors Errors { get; init; } = new();

    /// <summary>Whether a TVIEW has columns that its query does not give: then only those of the query are
    /// compared.</summary>
    public bool AddsColumns { get; init; }

    /// <summary>Whether DROP TABLE drops a TVIEW.</summary>
    public bool DropTable { get; init; }

    /// <summary>What becomes of base rows that are written where ordinary triggers do not fire.</summary>
    public ReplicaWrites ReplicaRole { get; init; }

    /// <summary>Whether it maintains its TVIEWs where a dump was restored.</summary>
    public bool Restores { get; init; }

    /// <summary>
    /// Whether TVIEWs follow what ALTER TABLE renames: columns that a query reads, base tables, and TVIEWs themselves.
    /// </summary>
    public bool FollowsNames { get; init; }

    /// <summary>Whether whoever may write the base tables needs no other right.</summary>
    public bool OrdinaryRoles { get; init; }

    /// <summary>
    /// Whether it has the functions, the errors and the hints of the reference engine, word for word.
    /// </summary>
    public bool ReferenceWords { get; init; }

    /// <summary>What is documented of it.</summary>
    public IReadOnlyList<KnownFinding> Known { get; init; } = [];

    /// <summary>Whether it keeps TVIEWs exact within the writer's own transaction.</summary>
    [JsonIgnore]
    public bool IsImmediate => Refreshes != RefreshMoment.Later;

    /// <summary>Whether it writes at an isolation level.</summary>
    /// <param name="level">As SQL says it, in upper or lower case.</param>
    public bool Serves(string level) => !Unserved.Contains(level, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads engine.json.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Where it lies, for messages.</param>
    /// <exception cref="UserError">It has a key that is not known, lacks one, or a value is not allowed.</exception>
    internal static EngineProfile Read(string text, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<EngineProfile>(text, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new UserError($"{file} is not the profile of an engine ({e.Message.ReplaceLineEndings(" ")}); "
                + "Support/Engines/README.md has the list of its keys and of what each may be.");
        }
    }

    /// <summary>The SQLSTATEs that features mean.</summary>
    /// <param name="words">SQLSTATEs or names of kinds of errors, with " or " between them.</param>
    public IReadOnlyList<string> SqlStates(string words) =>
        [
            .. words
                .Split(" or ")
                .SelectMany(word =>
                    word switch
                    {
                        "a retryable error" => Retryable,
                        "the error for a duplicate" => Errors.Duplicate,
                        "the error for a TVIEW that is read" => Errors.DropOfRead,
                        { Length: 5 } => [word],
                        _ => throw new UserError($"There is no kind of error '{word}'; there are: a retryable error, "
                            + "the error for a duplicate, the error for a TVIEW that is read, and SQLSTATEs."),
                    }
                ),
        ];
}

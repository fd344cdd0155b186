using System.Text.Json;
using System.Text.Json.Serialization;

namespace Specs.Support.Model;

/// <summary>
/// What an engine of TVIEWs promises, by name. The glossary, the reports, the findings and the headers of seeded faults
/// all take names and claims from here.
/// </summary>
[JsonConverter(typeof(ByName))]
public sealed record Contract
{
    private Contract(string name, string claim) => (Name, Claim) = (name, claim);

    /// <summary>A TVIEW is its defining query.</summary>
    public static Contract Exact { get; } = new("exact",
        "after any commit, every snapshot sees every TVIEW equal to its defining query, as multisets, in all columns");

    /// <summary>Instead of exact, for engines that refresh later.</summary>
    public static Contract Converges { get; } = new("converges",
        "once quiet, a TVIEW equals its defining query; meanwhile it shows what its query gave at one moment, "
        + "and never goes back");

    /// <summary>No double work.</summary>
    public static Contract Once { get; } = new("once",
        "within one flush each refresh key is written at most once, and only where its row has changed");

    /// <summary>Cascades go upwards.</summary>
    public static Contract InOrder { get; } = new("in order",
        "within one flush a TVIEW that another one reads is refreshed before it");

    /// <summary>Two-phase commit.</summary>
    public static Contract AtomicUnder2pc { get; } = new("atomic under 2PC",
        "of a prepared transaction nothing is visible before COMMIT PREPARED, all of it afterwards, "
        + "and nothing after ROLLBACK PREPARED, also across a crash in between");

    /// <summary>Nothing accumulates.</summary>
    public static Contract NoLeftovers { get; } = new("no leftovers",
        "afterwards there is no queued key, advisory lock, prepared transaction, orphaned trigger, function or "
            + "catalogue row");

    /// <summary>CREATE and DROP beside writers.</summary>
    public static Contract CleanDdl { get; } = new("clean DDL",
        "creating and dropping TVIEWs under load gives only declared errors, "
        + "and what was created beside writers is exact");

    /// <summary>Server connections that are shared.</summary>
    public static Contract PoolSafe { get; } = new("pool-safe",
        "nothing of one client's transaction reaches the next client of the same server connection, "
        + "with and without DISCARD ALL");

    /// <summary>Everybody finishes.</summary>
    public static Contract Live { get; } = new("live",
        "every transaction finishes: no lock of the engine has a part in a deadlock, every failure is retryable or "
            + "declared, "
        + "and with retry everything commits; nobody waits who need not, and nobody is only warned of a failure");

    /// <summary>Crashes and failovers.</summary>
    public static Contract Durable { get; } = new("durable",
        "what was acknowledged is there after a crash or a failover, and what was refused is not; TVIEW and base "
            + "tables agree whatever was lost");

    /// <summary>Resources.</summary>
    public static Contract Bounded { get; } = new("bounded", "memory, relations, locks and cached plans stop growing");

    /// <summary>The server itself.</summary>
    public static Contract ServerSurvives { get; } = new("server survives",
        "the server is the same process as before, and none of its processes crashed");

    /// <summary>All contracts, in the order in which they are listed.</summary>
    public static IReadOnlyList<Contract> All { get; } =
    [
        Exact, Converges, Once, InOrder, AtomicUnder2pc, NoLeftovers, CleanDdl, PoolSafe, Live, Durable, Bounded,
        ServerSurvives,
    ];

    /// <summary>Its name, as people read it.</summary>
    public string Name { get; }

    /// <summary>What it promises, in one sentence.</summary>
    public string Claim { get; }

    /// <summary>The contract of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Contract Named(string name) =>
        All.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException(
            $"There is no contract '{name}'; there are: {string.Join(", ", All)}.",
            nameof(name)
        );

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    // A results file holds the name; the claim may be worded better by the time when it is read.
    private sealed class ByName : JsonConverter<Contract>
    {
        public override Contract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Named(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Contract value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }
}

using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>What is known of some work once it is done: all that checkers judge.</summary>
/// <param name="Connection">An open connection to the database of the work, whose sessions are at rest.</param>
/// <param name="Engine">The engine under test.</param>
/// <param name="Schema">The TVIEWs.</param>
/// <param name="ServerStart">When the server's main process had started, before the work.</param>
/// <param name="ServerLog">The server's log of the work; null where it cannot be read.</param>
public sealed record Evidence(
    NpgsqlConnection Connection, TviewEngine Engine, Schema Schema, DateTime ServerStart, string? ServerLog)
{
    /// <summary>The loads that ran, in order.</summary>
    public IReadOnlyCollection<LoadResult> Loads { get; init; } = [];

    /// <summary>Every operation of the loads.</summary>
    public IEnumerable<Operation> History => Loads.SelectMany(l => l.History.Operations);

    /// <summary>Whether auditors compared the TVIEWs while the loads ran.</summary>
    public bool Audited { get; init; }

    /// <summary>What TVIEWs and their queries showed between the steps of a permutation.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>What somebody saw who counted tokens while the loads ran.</summary>
    public IReadOnlyList<TokenCount> TokenCounts { get; init; } = [];

    /// <summary>What was in use after each tenth of a long load.</summary>
    public IReadOnlyList<ResourceLook> Resources { get; init; } = [];

    /// <summary>What the server warned the sessions of; null where nobody has listened.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>How long an engine may take to catch up.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether every session had to finish all its transactions.</summary>
    public bool MustComplete { get; init; }

    /// <summary>Whether the transactions can deadlock on base rows without any TVIEW.</summary>
    public bool UsersMayDeadlock { get; init; }
}

namespace Specs.Support.Workloads.OwnTables;

/// <summary>What a run has shown of a user's own TVIEWs, and what it has not.</summary>
/// <param name="Folder">The folder that they come from.</param>
/// <param name="Tviews">The TVIEWs, those that others read first, and those that the engine does not take.</param>
/// <param name="Columns">How many columns statements can write.</param>
/// <param name="Never">Those that none wrote, as table.column.</param>
internal sealed record OwnAnswer(
    string Folder,
    IReadOnlyList<TviewAnswer> Tviews,
    int Columns,
    IReadOnlyList<string> Never
)
{
    /// <summary>Findings that are about no single TVIEW.</summary>
    internal IReadOnlyList<OwnFinding> Others { get; init; } = [];

    /// <summary>What each kind of statement costs; empty where that was not measured.</summary>
    internal IReadOnlyList<StatementCost> Costs { get; init; } = [];

    /// <summary>In how many permutations a session waited.</summary>
    internal OwnWaits Waits { get; init; } = new(0, 0, 0, 0);
}

/// <summary>What a run has shown of one TVIEW.</summary>
/// <param name="Name">Its name.</param>
internal sealed record TviewAnswer(string Name)
{
    /// <summary>Why the engine does not take it; null where it does.</summary>
    internal string? LeftOut { get; init; }

    /// <summary>How it differed from its query; null where it did not.</summary>
    internal OwnFinding? Finding { get; init; }

    /// <summary>After how many permutations of races it was compared.</summary>
    internal long Permutations { get; init; }

    /// <summary>After how many transactions of loads.</summary>
    internal long Transactions { get; init; }

    /// <summary>In how many snapshots while loads ran.</summary>
    internal long Snapshots { get; init; }

    /// <summary>The most of its rows that one statement changed; null where none did.</summary>
    internal FanOut? Largest { get; init; }

    /// <summary>Whether it was compared with its query at all.</summary>
    internal bool IsJudged => Permutations + Transactions + Snapshots > 0;
}

/// <summary>A finding.</summary>
/// <param name="Title">The contract, the claim and the verdict.</param>
/// <param name="Folder">The folder of its scripts, from the run's; null where it was not reduced to one.</param>
internal sealed record OwnFinding(string Title, string? Folder);

/// <summary>How many rows of a TVIEW a statement changed.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Statement">What the statement does.</param>
internal sealed record FanOut(int Rows, string Statement);

/// <summary>Who waited in permutations of races.</summary>
/// <param name="Permutations">How many permutations were taken.</param>
/// <param name="Waited">In how many a session waited for another one.</param>
/// <param name="Known">In how many of these it is known what the statements of those who waited do.</param>
/// <param name="Apart">
/// In how many of these on a lock that is no row's, for a session whose statements, each tried alone, change no row of
/// a TVIEW that those of the waiting session change as well.
/// </param>
internal sealed record OwnWaits(long Permutations, long Waited, long Known, long Apart);

/// <summary>What a kind of statement costs under TVIEWs.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many statements of it each turn ran.</param>
/// <param name="Time">How many times as long they take as without TVIEWs.</param>
/// <param name="WalWithout">Bytes of WAL for each statement without TVIEWs.</param>
/// <param name="WalWith">The same with them.</param>
internal sealed record StatementCost(string Kind, int Count, double Time, double WalWithout, double WalWith)
{
    /// <summary>How many times as much WAL.</summary>
    internal double Wal => WalWith / Math.Max(1, WalWithout);
}

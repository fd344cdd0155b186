namespace Specs.Support.Model;

/// <summary>The tables of a workload: the SQL that makes the base tables, and the TVIEWs over them.</summary>
/// <param name="BaseTables">One or more statements.</param>
/// <param name="Tviews">The TVIEWs, those that others read first.</param>
public sealed record Schema(string BaseTables, params Tview[] Tviews)
{
    /// <summary>What its base tables may refuse.</summary>
    public Refusals Refusals { get; init; } = Refusals.OfDrawnTables;
}

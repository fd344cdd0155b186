namespace Specs.Support.Contracts;

/// <summary>What a TVIEW held and what its query gave, in one snapshot between two steps.</summary>
/// <param name="After">After how many steps.</param>
/// <param name="Tview">The TVIEW, or several that are refreshed together.</param>
/// <param name="Wanted">The rows that the query gave, sorted, a line each.</param>
/// <param name="Held">The rows of the TVIEW, likewise.</param>
public sealed record Moment(int After, string Tview, string Wanted, string Held)
{
    /// <summary>
    /// Whether several transactions ended at once while a refresh was under way: it may then show the state between
    /// them, which nobody could note.
    /// </summary>
    public bool MayBeBetween { get; init; }
}

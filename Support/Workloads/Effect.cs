using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>What a statement does to the result of a TVIEW's query.</summary>
/// <param name="Tview">The TVIEW.</param>
/// <param name="Form">The kind of its query, in words.</param>
/// <param name="Change">What happens to a row, one of those below.</param>
/// <param name="Key">The row's key, as text.</param>
internal sealed record Effect(string Tview, string Form, string Change, string Key)
{
    /// <summary>The row as it is then, as text; null where it is gone.</summary>
    internal string? Row { get; init; }

    /// <summary>Whether a row is there before or after, and not both.</summary>
    internal bool ComesOrGoes => Change is Comes or Enters or Goes or Leaves;

    // The most telling one of a query's forms names it.
    private static readonly (QueryForm Form, string Words)[] Names =
    [
        (QueryForm.SetOperation, "set operation"), (QueryForm.Window, "window function"),
        (QueryForm.SomeOfAll, "some of all rows"), (QueryForm.SubQuery, "sub-query"), (QueryForm.View, "plain view"),
        (QueryForm.SelfJoin, "self join"), (QueryForm.OuterAggregate, "aggregate over an outer join"),
        (QueryForm.Aggregate, "aggregate"), (QueryForm.OuterJoin, "outer join"), (QueryForm.Join, "join"),
    ];

    /// <summary>What can happen to a row.</summary>
    private static readonly string[] Changes =
    [
        Comes, Goes, Enters, Leaves, "changes", FindsPartner, LosesPartner, ChangesExtreme,
    ];

    internal const string Comes = "comes",
        Goes = "goes",
        Enters = "comes without any row being inserted",
        Leaves = "goes without any row being deleted",
        FindsPartner = "finds its join partner",
        LosesPartner = "loses its join partner",
        ChangesExtreme = "changes its minimum or maximum";

    /// <summary>What can happen to a row of a query of some kind.</summary>
    internal static IEnumerable<string> ChangesOf(string form) =>
        Changes.Where(c => c switch
        {
            FindsPartner or LosesPartner => form.Contains("outer join", StringComparison.Ordinal),
            ChangesExtreme => form.Contains("aggregate", StringComparison.Ordinal),
            _ => true,
        });

    /// <summary>The kind of a TVIEW's query, in words.</summary>
    internal static string FormOf(Tview tview)
    {
        var forms = QueryForms.Of(tview);
        var name = Names.FirstOrDefault(n => forms.Contains(n.Form)).Words ?? "one table";
        return forms.Contains(QueryForm.TviewOverTview) ? name + " over a TVIEW" : name;
    }
}

/// <summary>A statement with what it did to the TVIEWs' results when it was tried alone.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Effects">Its effects; none where it failed, or concerned no TVIEW.</param>
internal sealed record Candidate(Statement Statement, IReadOnlyList<Effect> Effects)
{
    /// <summary>The rows of base tables that it wrote.</summary>
    internal IReadOnlySet<WrittenRow> Writes { get; init; } = new HashSet<WrittenRow>();

    /// <summary>
    /// Whether two statements write the same base row: then that row's own lock puts their transactions in order,
    /// whatever the engine does.
    /// </summary>
    internal bool Collides(Candidate other) =>
        Writes.Select(w => (w.Table, w.Key)).ToHashSet().Overlaps(other.Writes.Select(w => (w.Table, w.Key)));
}

/// <summary>A row of a base table that a statement wrote.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its primary key, as text.</param>
/// <param name="Row">The row as it is then, as text; null where it is gone.</param>
internal sealed record WrittenRow(string Table, string Key, string? Row);

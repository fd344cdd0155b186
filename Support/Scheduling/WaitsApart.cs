using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>
/// Waits between sessions whose statements, as far as each shows alone, meet nowhere: neither in the tables that they
/// write, nor in a row of a TVIEW. What together is more than each alone is not seen, so such a wait may be necessary.
/// </summary>
/// <param name="candidates">The statements of which it is known what each does alone.</param>
/// <param name="mayMeet">Whether statements on two tables can meet in a row of a base table.</param>
internal sealed class WaitsApart(IEnumerable<Candidate> candidates, Func<string, string, bool> mayMeet)
{
    private readonly ILookup<string, Candidate> _known = candidates.ToLookup(c => c.Statement.Sql);

    /// <summary>Whether a step waited, and only for such sessions.</summary>
    internal bool Shows(Trace trace)
    {
        var sessions = trace.Steps.Select(s => s.Step).ToLookup(s => s.Session);
        var named = sessions.ToDictionary(s => BlockingGraph.NameOf(s.Key), StatementsOf);
        return trace.Steps.Any(s => s.Waited && StatementsOf(sessions[s.Step.Session]) is { } own
            && s.WaitedFor.All(w => named.GetValueOrDefault(w) is { } others
                && own.All(one => others.TrueForAll(other => !Meet(one, other)))));
    }

    // Null where a session does nothing, or something that is not known.
    private List<Candidate>? StatementsOf(IEnumerable<Step> steps)
    {
        var work = steps.Where(s => s.Command is { Kind: StepKind.Work, SetsSavepoint: false }).ToList();
        return work.Count == 0 || work.Exists(s => s.Command.Defines || !s.Command.Sql.Any(_known.Contains)) ? null
            : [.. work.SelectMany(s => s.Command.Sql).SelectMany(sql => _known[sql])];
    }

    private bool Meet(Candidate one, Candidate other) =>
        mayMeet(one.Statement.Table, other.Statement.Table)
        || one.Effects.Any(e => other.Effects.Any(o => (o.Tview, o.Key) == (e.Tview, e.Key)));
}

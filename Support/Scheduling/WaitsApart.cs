using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>
/// Waits that an engine causes between sessions whose statements, as far as each shows alone, change no row of a TVIEW
/// in common. For what they have in common of base rows they wait on the row or its transaction, which is not counted.
/// Two statements together may concern more than each alone, so such a wait may be necessary.
/// </summary>
/// <param name="candidates">The statements of which it is known what each does alone.</param>
internal sealed class WaitsApart(IEnumerable<Candidate> candidates)
{
    // Everything else is a row's, or within the server.
    private static readonly string[] Locks = ["advisory", "relation"];

    private readonly ILookup<string, Candidate> _known = candidates.ToLookup(c => c.Statement.Sql);

    /// <summary>
    /// Whether a step waited on such a lock, and only for such sessions; null where not all their statements are known.
    /// </summary>
    internal bool? Shows(Trace trace)
    {
        var sessions = trace.Steps.Select(s => s.Step).ToLookup(s => s.Session);
        var named = sessions.ToDictionary(s => BlockingGraph.NameOf(s.Key), StatementsOf);
        bool? IsApart(TracedStep step)
        {
            List<Candidate>?[] all =
                [.. step.WaitedFor.Append(BlockingGraph.NameOf(step.Step.Session)).Select(named.GetValueOrDefault)];
            return all.Contains(null) ? null
                : step.WaitedOn.All(Locks.Contains) && all[..^1].All(others => !Meet(all[^1]!, others!));
        }

        var waits = trace.Steps.Where(s => s.Waited).Select(IsApart).ToList();
        return waits.Contains(true) ? true : waits.Contains(null) ? null : false;
    }

    // Null where a session does nothing, or something that is not known, or that locks a table.
    private List<Candidate>? StatementsOf(IEnumerable<Step> steps)
    {
        var work = steps.Where(s => s.Command is { Kind: StepKind.Work, SetsSavepoint: false }).ToList();
        var known = work.SelectMany(s => s.Command.Sql).SelectMany(sql => _known[sql]).ToList();
        return work.Count == 0 || work.Exists(s => s.Command.Defines || !s.Command.Sql.Any(_known.Contains))
            || known.Exists(c => c.Statement.Kind == "truncate") ? null : known;
    }

    private static bool Meet(IEnumerable<Candidate> own, IEnumerable<Candidate> others)
    {
        static IEnumerable<(string, string)> Rows(IEnumerable<Candidate> all) =>
            all.SelectMany(c => c.Effects).Select(e => (e.Tview, e.Key));
        return Rows(own).Intersect(Rows(others)).Any();
    }
}

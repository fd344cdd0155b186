using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Whether faults that were injected into a load have hit, and what sessions were told of them.</summary>
public static class FaultChecks
{
    /// <summary>
    /// Whether enough faults came in the middle of a transaction: by the server's account, and because the session's
    /// transaction failed; inside the flush, where the server said that it was held there.
    /// </summary>
    /// <param name="load">What ran.</param>
    /// <param name="least">How many must have hit.</param>
    /// <param name="inFlush">Whether inside a flush.</param>
    public static CheckResult Hit(LoadResult load, int least, bool inFlush)
    {
        var claim = $"at least {least} faults came in the middle of {(inFlush ? "a flush" : "a transaction")}";
        var failed = load.History.Work.Where(o => o.Outcome != Outcome.Ok).ToList();
        // Two of them may have met the same transaction.
        var hits = inFlush ? load.Injections.Count(i => i is { UnderWay: > 0, InFlush: true })
            : load.Injections.Where(i => i.UnderWay > 0).SelectMany(i => failed.Where(i.Meets).Take(1))
                .Distinct().Count();
        return hits >= least ? CheckResult.From(claim, [])
            : CheckResult.Unknown(claim, $"{hits} of {load.Injections.Count} did, so this run proves nothing");
    }

    /// <summary>Whether each fault met several transactions that were under way, and took them along.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="least">How many transactions, each time.</param>
    public static CheckResult HitMany(LoadResult load, int least)
    {
        var claim = $"at least {least} transactions were under way each time";
        var failed = load.History.Work.Where(o => o.Outcome != Outcome.Ok).ToList();
        var counts = load.Injections.Select(i => Math.Min(i.UnderWay, failed.Count(i.Meets))).ToList();
        return counts.Count > 0 && counts.TrueForAll(c => c >= least) ? CheckResult.From(claim, [])
            : CheckResult.Unknown(claim, counts.Count == 0 ? "no fault was injected"
                : $"{string.Join(", ", counts)} were, so there was hardly anything to lose");
    }

    /// <summary>
    /// Whether nothing failed but what a fault was injected into, and that with an error that says so. (A fault may
    /// also come between two transactions; then the next one fails.)
    /// </summary>
    /// <param name="load">What ran.</param>
    /// <param name="declared">The SQLSTATEs that say so.</param>
    public static CheckResult CleanErrors(LoadResult load, IReadOnlyCollection<string> declared)
    {
        const string claim = "only what a fault was injected into failed, and with an error that says so";
        var failed = load.History.Work.Where(o => o.Outcome != Outcome.Ok).ToList();
        var unclean = failed.Where(o => !ConnectionLoss.IsLoss(o, declared))
            .Select(o => $"session {o.Session} got {o.SqlState}: {o.Message}");
        var unasked = failed.GroupBy(o => o.Session)
            .Select(g => (Session: g.Key, Failures: g.Count(o => !load.Injections.Any(i => i.Meets(o))),
                Faults: load.Injections.Count(i => i.Session is null || i.Session == g.Key)))
            .Where(s => s.Failures > s.Faults)
            .Select(s => $"session {s.Session} failed {s.Failures} times outside of faults, and after {s.Faults} of "
                + "them");
        return CheckResult.From(Contract.Live, claim, [.. unclean, .. unasked]);
    }

    /// <summary>Whether every session works after the last fault.</summary>
    /// <param name="load">What ran.</param>
    public static CheckResult GoesOn(LoadResult load)
    {
        const string claim = "every session has committed a transaction after the last fault";
        if (load.Injections.Count == 0)
        {
            return CheckResult.Unknown(Contract.Live, claim, "no fault was injected");
        }

        var last = load.Injections.Max(i => i.End);
        var works = load.History.Work.Where(o => o.Outcome == Outcome.Ok && o.Start > last).Select(o => o.Session)
            .ToHashSet();
        return CheckResult.From(Contract.Live, claim, [.. Enumerable.Range(1, load.Sessions)
            .Where(s => !works.Contains(s)).Select(s => $"session {s} has not")]);
    }
}

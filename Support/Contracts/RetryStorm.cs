using System.Globalization;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Live: who is refused may try again, but not most of the time in most sessions. Users' own conflicts cannot bring
/// that about: three of four sessions work at READ COMMITTED, where PostgreSQL itself refuses only who deadlocks. On
/// the reference engine these tried one to four transactions of a hundred again, the others a fifth to a third.
/// </summary>
public sealed class RetryStorm : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "in most sessions more attempts succeed than have to be repeated";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.MustComplete ? null : "the scenario says by itself what is tried again";

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) =>
        Task.FromResult(CheckResult.Merge(this, [.. evidence.Loads.Select(Check)]));

    /// <summary>Judges one load.</summary>
    /// <param name="load">What ran.</param>
    public CheckResult Check(LoadResult load)
    {
        var sessions = load.History.Work.GroupBy(o => o.Session).ToList();
        var stormy = sessions.Count(s => 2 * s.Count(o => o.Retried) > s.Count());
        return sessions.Count == 0 ? CheckResult.Unknown(this, "no operation completed")
            : 2 * stormy <= sessions.Count ? CheckResult.From(this, [])
            : CheckResult.From(this, [$"in {stormy} of {sessions.Count} sessions most attempts had to be repeated; "
                + $"{Words(load.History)}: "
                + string.Join(", ", load.History.Work.Where(o => o.Retried)
                    .GroupBy(o => (o.SqlState, o.Message))
                    .OrderByDescending(g => g.Count())
                    .Take(3)
                    .Select(g => $"{g.Count()} × {g.Key.SqlState} {g.Key.Message}"))]);
    }

    /// <summary>How much was tried again, in words.</summary>
    /// <param name="history">What the sessions did.</param>
    internal static string Words(History history)
    {
        var (again, all) = history.TriedAgain();
        return string.Create(CultureInfo.InvariantCulture,
            $"{again} of {all} transactions were tried again ({100.0 * again / Math.Max(all, 1):0} %), "
                + $"{history.Work.Count(o => o.Retried)} times");
    }
}

using System.Globalization;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Live: who is refused may try again, but not most of all. Users' own conflicts do not come near that: sessions at
/// REPEATABLE READ and SERIALIZABLE tried a fifth to a third of their transactions again on the reference engine, those
/// at READ COMMITTED one in fifty, and of eight sessions six work there: a tenth of all.
/// </summary>
public sealed class RetryStorm : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "most transactions succeed without being tried again";

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
        var (again, all) = load.History.TriedAgain();
        return all == 0 ? CheckResult.Unknown(this, "no operation completed")
            : 2 * again <= all ? CheckResult.From(this, [])
            : CheckResult.From(this, [$"{Words(load.History)}: "
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

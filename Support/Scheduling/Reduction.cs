using Specs.Support.Contracts;

namespace Specs.Support.Scheduling;

/// <summary>Whether the permutations that cannot differ do not.</summary>
internal static class Reduction
{
    private const string Claim = "a permutation that cannot differ ends like the one that stands for it";
    private const int MostTwice = 10;
    private const int TimesAgain = 3;

    /// <summary>Compares those that were taken all the same with those that stand for them.</summary>
    /// <param name="choice">Which are which.</param>
    /// <param name="plays">How they ended.</param>
    /// <param name="retryable">The SQLSTATEs that the engine calls retryable.</param>
    /// <param name="again">Takes one once more: one that ends otherwise than itself says nothing of the other.</param>
    internal static async Task<CheckResult> CheckAsync(
        Choice choice,
        IReadOnlyList<JudgedTrace> plays,
        IReadOnlyList<string> retryable,
        Func<string, Task<JudgedTrace>> again
    )
    {
        var ends = plays.DistinctBy(p => p.Trace.Order).ToDictionary(p => p.Trace.Order, p => p.Outcome(retryable));
        var findings = new List<string>();
        var unsure = new List<string>();
        foreach (var (order, first) in choice.Equivalents
            .Where(e =>
                ends.TryGetValue(e.Key, out var end) && ends.TryGetValue(e.Value, out var other) && end != other)
            .Take(MostTwice))
        {
            HashSet<string> own = [ends[order]], others = [ends[first]];
            for (var i = 0; i < TimesAgain && !own.Overlaps(others); i++)
            {
                own.Add((await again(order)).Outcome(retryable));
                others.Add((await again(first)).Outcome(retryable));
            }

            // Where one and the same permutation can end in several ways, as it is chance who is a deadlock's victim,
            // that both have ended alike once is all that can be asked.
            if (!own.Overlaps(others))
            {
                (own.Count + others.Count == 2 ? findings : unsure).Add(
                    $"{order} ended: {string.Join(", or: ", own)}; "
                        + $"{first}, which stands for it, ended: {string.Join(", or: ", others)}"
                );
            }
        }

        return findings.Count == 0 && unsure.Count > 0
            ? new(null, Claim, Verdict.Unknown, unsure)
            : CheckResult.From(Claim, findings);
    }
}

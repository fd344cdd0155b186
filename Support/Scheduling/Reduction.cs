using Specs.Support.Contracts;

namespace Specs.Support.Scheduling;

/// <summary>Whether the permutations that cannot differ do not.</summary>
internal static class Reduction
{
    private const string Claim = "a permutation that cannot differ ends like the one that stands for it";
    private const int MostTwice = 10;

    /// <summary>Compares those that were taken all the same with those that stand for them.</summary>
    /// <param name="choice">Which are which.</param>
    /// <param name="plays">How they ended.</param>
    /// <param name="retryable">The SQLSTATEs that the engine calls retryable.</param>
    /// <param name="again">Takes one once more: who does not even end like himself says nothing of the other.</param>
    internal static async Task<CheckResult> CheckAsync(
        Choice choice,
        IReadOnlyList<JudgedTrace> plays,
        IReadOnlyList<string> retryable,
        Func<string, Task<JudgedTrace>> again
    )
    {
        var ends = plays.ToDictionary(p => p.Trace.Order, p => p.Outcome(retryable));
        var findings = new List<string>();
        foreach (var (order, first) in choice.Equivalents
            .Where(e =>
                ends.TryGetValue(e.Key, out var end) && ends.TryGetValue(e.Value, out var other) && end != other)
            .Take(MostTwice))
        {
            if (
                (await again(order)).Outcome(retryable) == ends[order]
                && (await again(first)).Outcome(retryable) == ends[first]
            )
            {
                findings.Add($"{order} ended: {ends[order]}; {first}, which stands for it, ended: {ends[first]}");
            }
        }

        return CheckResult.From(Claim, findings);
    }
}

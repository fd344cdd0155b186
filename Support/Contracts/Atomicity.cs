using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Atomic under 2PC: nothing of a prepared transaction is there before its end, and all or nothing of it afterwards.
/// </summary>
public static class Atomicity
{
    /// <summary>Whether exactly the expected texts are there, as often as expected.</summary>
    /// <param name="claim">What is claimed, for the report.</param>
    /// <param name="expected">The texts that must be there.</param>
    /// <param name="found">Those that are.</param>
    public static CheckResult Check(string claim, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var surplus = found.Order(StringComparer.Ordinal).ToList();
        var missing = expected.Where(e => !surplus.Remove(e)).ToList();
        return CheckResult.From(Contract.AtomicUnder2pc, claim,
            [.. missing.Select(m => $"missing: {m}"), .. surplus.Select(s => $"not expected: {s}")]);
    }
}

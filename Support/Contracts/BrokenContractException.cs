using Shouldly;

namespace Specs.Support.Contracts;

/// <summary>Checks that did not pass. The message is for who reads a terminal; the results are for a page.</summary>
/// <param name="results">What they found.</param>
/// <param name="seed">The seed with which it was found.</param>
public sealed class BrokenContractException(IReadOnlyList<CheckResult> results, int seed)
    : ShouldAssertException($"{string.Join('\n', results)}\n(seed {seed})")
{
    /// <summary>What they found.</summary>
    public IReadOnlyList<CheckResult> Results { get; } = results;
}

using Shouldly;

namespace Specs.Support.Contracts;

/// <summary>Checks that did not pass. The message is for who reads a terminal; the results are for a page.</summary>
/// <param name="results">What they found.</param>
/// <param name="seed">The seed with which it was found.</param>
/// <param name="details">What else is known of it; may be empty.</param>
public sealed class BrokenContractException(IReadOnlyList<CheckResult> results, int seed, string details = "")
    : ShouldAssertException($"{string.Join('\n', results)}\n{details}(seed {seed})")
{
    /// <summary>What they found.</summary>
    public IReadOnlyList<CheckResult> Results { get; } = results;

    /// <summary>What broke where a scenario ended with an error; empty where that was no finding.</summary>
    /// <param name="error">The error; null where there was none.</param>
    public static IReadOnlyList<CheckResult> ResultsOf(Exception? error) =>
        (error as BrokenContractException)?.Results ?? [];
}

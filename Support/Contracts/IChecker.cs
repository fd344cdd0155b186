using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Judges one claim over the evidence of some work. (Jepsen calls it so, too.) It holds no state.</summary>
public interface IChecker
{
    /// <summary>The contract that a finding breaks.</summary>
    Contract Contract { get; }

    /// <summary>What is checked, as reports show it.</summary>
    string Claim { get; }

    /// <summary>
    /// Why this evidence holds nothing that could be judged, as a part of a sentence; null where it does.
    /// </summary>
    /// <param name="evidence">What is known.</param>
    string? WhyNot(Evidence evidence) => null;

    /// <summary>Judges it.</summary>
    /// <param name="evidence">What is known.</param>
    Task<CheckResult> CheckAsync(Evidence evidence);
}

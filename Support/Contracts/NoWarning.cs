using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Live: what the engine cannot do, it refuses. A refresh that fails and is only warned of is an error that nobody has
/// declared, and that no client looks for.
/// </summary>
public sealed class NoWarning : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "nobody is warned of what should have been refused";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.Warnings is null ? "the server's warnings are collected in races only" : null;

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) =>
        Task.FromResult(CheckResult.From(this, [.. evidence.Warnings!.Select(w => $"WARNING to {w}")]));
}

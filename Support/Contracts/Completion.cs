using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Live: all that was asked for was done, and every failure was one that may be retried.</summary>
public sealed class Completion : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "every session finished all its transactions, with no error that was not declared";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.MustComplete ? null : "the scenario says by itself which transactions must finish";

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) =>
        Task.FromResult(CheckResult.Merge(this, [.. evidence.Loads.Select(Check)]));

    /// <summary>
    /// Whether each session committed what it was asked for, or was refused as the scenario declared.
    /// </summary>
    /// <param name="load">What ran.</param>
    public CheckResult Check(LoadResult load)
    {
        if (!load.History.Work.Any())
        {
            return CheckResult.Unknown(this, "no operation completed");
        }

        var errors = load.History.Work.Where(o => (o.Outcome is Outcome.Failed or Outcome.Indeterminate) && !o.Retried)
            .GroupBy(o => (o.Outcome, o.SqlState, o.Message))
            .Select(g =>
                $"{g.Count()} × {g.Key.Outcome.ToString().ToLowerInvariant()} {g.Key.SqlState}: {g.Key.Message}"
                + $" (sessions {string.Join(", ", g.Select(o => o.Session).Distinct().Order().Take(10))})"
            );
        var done = load
            .History.Work.Where(o => o.Outcome is Outcome.Ok or Outcome.Refused)
            .GroupBy(o => o.Session)
            .ToDictionary(g => g.Key, g => g.Count());
        var missing = load
            .Asked.Select((times, i) => (Session: i + 1, Times: times))
            .Where(s => done.GetValueOrDefault(s.Session) != s.Times)
            .Select(s => $"session {s.Session} finished {done.GetValueOrDefault(s.Session)} of {s.Times} transactions");
        return CheckResult.From(this, [.. errors, .. missing]);
    }

    /// <summary>Whether the server refused each transaction.</summary>
    /// <param name="load">What ran.</param>
    public static CheckResult CheckRefused(LoadResult load) =>
        CheckResult.From(
            "every transaction was refused",
            load.History.Work.Any()
                ?
                [
                    .. load.History.Work
                        .Where(o => o.SqlState is null)
                        .Select(o => $"session {o.Session}: {o.Outcome.ToString().ToLowerInvariant()} {o.Message}"),
                ]
                : ["no transaction was tried"]
        );

    /// <summary>The conclusion where sessions did not finish in time.</summary>
    /// <param name="stalled">What the server was doing then.</param>
    public CheckResult Check(StalledException stalled) => CheckResult.From(this, [stalled.Finding]);
}

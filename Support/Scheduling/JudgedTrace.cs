using Specs.Support.Contracts;

namespace Specs.Support.Scheduling;

/// <summary>One order, as it was taken and judged.</summary>
/// <param name="Trace">What became of each step.</param>
/// <param name="Results">The conclusions, good and bad.</param>
public sealed record JudgedTrace(Trace Trace, IReadOnlyList<CheckResult> Results)
{
    /// <summary>What the sessions had done in the permutation before; empty where they were new.</summary>
    public IReadOnlyList<Step> Before { get; init; } = [];

    /// <summary>How many rows were refreshed; null where that was not counted.</summary>
    public long? Refreshes { get; init; }

    /// <summary>How it ended, which steps were refused with which error, and which had to wait.</summary>
    /// <param name="retryable">The SQLSTATEs that the engine calls retryable.</param>
    public string Outcome(IReadOnlyList<string> retryable) =>
        string.Join(
            ", ",
            Trace
                .Steps.OrderBy(s => s.Step.Session, StringComparer.Ordinal)
                .ThenBy(s => s.Step.Number)
                .SelectMany(s => new[]
                {
                    s.Waited ? $"{s.Step.Session}{s.Step.Number} waited" : null,
                    s.SqlState is { } state ? $"{s.Step.Session}{s.Step.Number} failed with {state}" : null,
                })
                .OfType<string>()
                .Prepend(AnomalyMatrix.WordsOf(AnomalyMatrix.EndingOf(this, retryable)))
        );

    /// <summary>
    /// The same without what it did not owe: in most permutations of drawn races some TVIEW had nothing to refresh.
    /// </summary>
    internal JudgedTrace OnlyOwed => this with { Results = [.. Results.Where(r => !RefreshLog.HadNothingToJudge(r))] };

    /// <summary>
    /// In a permutation in which nobody owed a refresh there was none to judge; but in some there must have been.
    /// </summary>
    /// <param name="plays">The permutations of a race.</param>
    internal static IReadOnlyList<JudgedTrace> OwedSomewhere(IReadOnlyList<JudgedTrace> plays)
    {
        var seen = plays
            .SelectMany(p => p.Results)
            .Where(r => r.Verdict == Verdict.Pass)
            .Select(r => r.Title)
            .ToHashSet();
        return
        [
            .. plays.Select(p =>
                p with
                {
                    Results = [.. p.Results.Where(r => !RefreshLog.HadNothingToJudge(r) || !seen.Contains(r.Title))],
                }
            ),
        ];
    }
}

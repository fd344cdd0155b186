namespace Specs.Support.Contracts;

/// <summary>All checkers that can judge any work. A new one is a class and a line here.</summary>
public static class Checkers
{
    /// <summary>The list, in the order in which reports tell it.</summary>
    public static IReadOnlyList<IChecker> All { get; } =
    [
        new NoWarning(),        // the cause, before what follows from it
        new Equivalence(),
        new Convergence(),
        new Audits(),
        new OneMoment(),
        new RefreshedOnce(),
        new RefreshedInOrder(),
        new Residue(),
        new NoDeadlock(),
        new NoEngineDeadlock(),
        new Completion(),
        new RetryStorm(),
        new Boundedness(),
        new ServerHealth(),
    ];

    /// <summary>Lets each of them judge the evidence, unless it has nothing to judge there.</summary>
    /// <param name="evidence">What is known of the work.</param>
    public static async Task<Judgement> JudgeAsync(Evidence evidence)
    {
        var results = new List<CheckResult>();
        var notJudged = new List<(IChecker, string)>();
        foreach (var checker in All)
        {
            if (checker.WhyNot(evidence) is { } why)
            {
                notJudged.Add((checker, why));
            }
            else
            {
                results.Add(await CheckResult.TryAsync(checker, () => checker.CheckAsync(evidence)));
            }
        }

        return new(results, notJudged);
    }
}

/// <summary>What all checkers said of some work.</summary>
/// <param name="Results">The conclusions, good and bad.</param>
/// <param name="NotJudged">The checkers that had nothing to judge, and why.</param>
public sealed record Judgement(
    IReadOnlyList<CheckResult> Results, IReadOnlyList<(IChecker Checker, string Why)> NotJudged)
{
    /// <summary>How many rows were refreshed, where that was counted.</summary>
    public long? Refreshes { get; init; }

    /// <summary>Which checkers ran with which verdict and which did not, a line each.</summary>
    public override string ToString() =>
        string.Join(
            '\n',
            Results
                .Select(r => $"{r.Title}: {r.Verdict.ToString().ToLowerInvariant()}")
                .Concat(NotJudged.Select(n => $"{n.Checker.Contract}: {n.Checker.Claim}: not judged, because {n.Why}"))
        );

    /// <summary>The same for conclusions about many repetitions of some work.</summary>
    /// <param name="results">All of them.</param>
    /// <param name="what">What was repeated, as a plural.</param>
    public static string Summary(IEnumerable<CheckResult> results, string what) =>
        string.Join(
            '\n',
            results
                .GroupBy(r => r.Title)
                .Select(g =>
                    $"{g.Key}: pass in {g.Count(r => r.Verdict == Verdict.Pass)} of the {g.Count()} {what} that it "
                        + "judged"
                )
        );
}

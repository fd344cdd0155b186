using Specs.Support.Fleet;

namespace Specs.Support.Contracts;

/// <summary>Contract 8, live: all that was asked for was done, and every failure was one that may be retried.</summary>
public static class Completion
{
    /// <summary>Whether each session committed what it was asked for, or was refused as the scenario declared.</summary>
    /// <param name="load">What ran.</param>
    public static CheckResult Check(LoadResult load)
    {
        const string contract = "Contract 8 (live): every session finished all its transactions, with no error that was not declared";
        if (!load.History.Work.Any())
        {
            return CheckResult.Unknown(contract, "no operation completed");
        }

        var errors = load.History.Work.Where(o => (o.Outcome is Outcome.Failed or Outcome.Indeterminate) && !o.Retried)
            .GroupBy(o => (o.Outcome, o.SqlState, o.Message))
            .Select(g => $"{g.Count()} × {g.Key.Outcome.ToString().ToLowerInvariant()} {g.Key.SqlState}: {g.Key.Message}"
                + $" (sessions {string.Join(", ", g.Select(o => o.Session).Distinct().Order().Take(10))})");
        var done = load.History.Work.Where(o => o.Outcome is Outcome.Ok or Outcome.Refused).GroupBy(o => o.Session).ToDictionary(g => g.Key, g => g.Count());
        var missing = load.Asked.Select((times, i) => (Session: i + 1, Times: times))
            .Where(s => done.GetValueOrDefault(s.Session) != s.Times)
            .Select(s => $"session {s.Session} finished {done.GetValueOrDefault(s.Session)} of {s.Times} transactions");
        return CheckResult.From(contract, [.. errors, .. missing]);
    }
}

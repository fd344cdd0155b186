using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>Checks about faults, on histories that were written by hand.</summary>
[Binding]
public sealed class FaultCheckSteps
{
    private readonly List<Injection> _faults = [];
    private Operation[] _operations = [];
    private Dictionary<string, long> _found = [], _shown = [];

    private LoadResult Load => new([.. _operations.Select(o => o.Session).Distinct().Select(_ => 1)], default,
        new History(_operations))
    {
        Injections = _faults,
    };

    /// <summary>
    /// An outcome is ok, an SQLSTATE, or lost with one or without; "audit" before it is an auditor's.
    /// </summary>
    [Given(@"^sessions that worked while something went wrong$")]
    public void GivenSessions(DataTable table) =>
        _operations =
        [
            .. table.Rows.Select(row =>
            {
                var words = row["outcome"].Split(' ').ToList();
                var isAudit = words.Remove(History.Auditor);
                var isLost = words.Remove("lost");
                var state = words.Find(w => w.Length == 5);
                return new Operation(Number(row["session"]), isAudit ? History.Auditor : "work", Number(row["start"]),
                    Number(row["end"]), isLost ? Outcome.Indeterminate : state is null ? Outcome.Ok : Outcome.Failed,
                    state, 1, false, "by hand");
            }),
        ];

    [Given(@"^a fault into (all sessions|session \d+) at (\d+), with (\d+) transactions under way(.*)$")]
    public void GivenFault(string whom, int at, int underWay, string where) =>
        _faults.Add(new("by hand", at, at + 1, whom == "all sessions" ? null : Number(whom.Split(' ')[1]), underWay,
            where.EndsWith("inside its flush", StringComparison.Ordinal)));

    [Then(@"^that a fault came in the middle of a (transaction|flush) is judged (\w+)$")]
    public void ThenHit(string what, string verdict) =>
        FaultChecks.Hit(Load, 1, what == "flush").ShouldBeJudged(verdict, "");

    [Then(@"^that each fault met 2 transactions is judged (\w+)$")]
    public void ThenHitMany(string verdict) => FaultChecks.HitMany(Load, 2).ShouldBeJudged(verdict, "");

    [Then(@"^that only what was hit failed is judged (\w+)$")]
    public void ThenClean(string verdict) =>
        FaultChecks.CleanErrors(Load, ["57P01", "57014"]).ShouldBeJudged(verdict, "");

    [Then(@"^that every session went on is judged (\w+)$")]
    public void ThenGoesOn(string verdict) => FaultChecks.GoesOn(Load).ShouldBeJudged(verdict, "");

    [Then(@"^that the audits saw no difference is judged (\w+)$")]
    public void ThenAudits(string verdict) => new Audits().Check([Load]).ShouldBeJudged(verdict, "");

    [Then(@"^that a committed token in (\d+) rows, (\d+) of them in the TVIEW, is whole, is judged (\w+)$")]
    public void ThenWhole(int rows, int shown, string verdict)
    {
        _operations = [new(1, "work", 0, 1, Outcome.Ok, null, 1, false, null)];
        (_found, _shown) = (Rows(rows), Rows(shown));
        ConnectionLoss.Tokens(Load, _found, _shown).ShouldBeJudged(verdict, "");
    }

    [Then(@"^the same where the last may be lost is judged (\w+)$")]
    public void ThenWholeOrLost(string verdict) =>
        ConnectionLoss.Tokens(Load, _found, _shown, mayLose: true).ShouldBeJudged(verdict, "");

    private static Dictionary<string, long> Rows(long rows) =>
        rows == 0 ? [] : new() { [Tokens.Of(1, 1)] = rows };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

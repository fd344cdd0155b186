using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Fleet;

namespace Specs.StepDefinitions.Suite;

/// <summary>Checks on states of a database that were made by hand.</summary>
[Binding]
public sealed class FindingSteps(Judge judge, ScenarioDatabase database)
{
    private readonly List<Operation> _operations = [];
    private IReadOnlyList<CheckResult> _results = [];
    private string? _log = "";
    private TimeSpan _before;

    /// <summary>The scenario's slice of it.</summary>
    [Given(@"^the server's log$")]
    public void GivenLog(string text) => _log = text.Replace("<database>", database.Name, StringComparison.Ordinal);

    /// <summary>As with somebody else's server.</summary>
    [Given(@"^no log of the server can be read$")]
    public void GivenNoLog() => _log = null;

    /// <summary>One operation of a history.</summary>
    [Given(@"^session (\d+) got (\w{5}) at its (\w+)$")]
    public void GivenError(int session, string sqlState, string kind) =>
        _operations.Add(new(session, kind, 0, 1, Outcome.Failed, sqlState, 1, false, null));

    /// <summary>Not the process that it is now.</summary>
    [Given(@"^the server had started a year before$")]
    public void GivenRestart() => _before = TimeSpan.FromDays(365);

    /// <summary>The verdict and all findings; … stands for anything.</summary>
    [Then(@"^""([^""]*)"" is judged (pass|fail|unknown)$")]
    public async Task ThenJudged(string check, string verdict, DataTable table) =>
        (await RunAsync(check)).ShouldBeJudged(verdict, table);

    /// <summary>Prepared rows, by hand.</summary>
    [Then(@"^of the rows ""(.*)"" those expected were ""(.*)"", which is judged (pass|fail|unknown)$")]
    public void ThenAtomic(string found, string expected, string verdict, DataTable table) =>
        new[] { Atomicity.Check("", List(expected), List(found)) }.ShouldBeJudged(verdict, table);

    /// <summary>
    /// Exact, once, no leftovers, no deadlock, the same server: those that have something to judge here.
    /// </summary>
    [Then(@"^all contracts together are judged ""(.*)""$")]
    public async Task ThenAll(string verdicts) =>
        VerdictsOf(_results = (await judge.JudgeAsync()).Results).ShouldBe(verdicts);

    /// <summary>The explorer's look: one that is never content would go unnoticed, and make it slow.</summary>
    [Then(@"^one look at everything judges the same$")]
    public async Task ThenQuick()
    {
        var evidence = judge.GatherEvidence();
        var (quick, _) = await new QuickLook(evidence.Engine, evidence.Schema).JudgeAsync(evidence);
        VerdictsOf(quick.ShouldNotBeNull().Results).ShouldBe(VerdictsOf(_results));
    }

    private static string VerdictsOf(IEnumerable<CheckResult> results) =>
        string.Join(", ", results.Select(r => r.Verdict)).ToLowerInvariant();

    /// <summary>The beginning of a finding.</summary>
    [Then(@"^one of them found ""(.*)""$")]
    public void ThenFound(string finding) =>
        _results.SelectMany(r => r.Findings).ShouldContain(f => f.StartsWith(finding, StringComparison.Ordinal));

    private async Task<CheckResult[]> RunAsync(string check)
    {
        var known = judge.GatherEvidence();
        var evidence = known with
        {
            Loads = [new LoadResult([1], TimeSpan.Zero, new History(_operations))],
            ServerLog = _log,
            ServerStart = known.ServerStart - _before,
        };
        var checker = CheckerOf(check);
        var result = await checker.CheckAsync(evidence);
        if (checker is Equivalence or RefreshedOnce or RefreshedInOrder or Residue)
        {
            await ShouldAgreeAsync(result, evidence);
        }

        return [result];
    }

    // The explorer asks the checkers only where one quick look is not content: it must never be so too early.
    private static async Task ShouldAgreeAsync(CheckResult result, Evidence evidence)
    {
        var (quick, _) = await new QuickLook(evidence.Engine, evidence.Schema).JudgeAsync(evidence);
        if (result.Verdict == Verdict.Fail)
        {
            quick.ShouldBeNull();
        }
        else
        {
            quick?.Results.Single(r => r.Title == result.Title).Verdict.ShouldBe(result.Verdict);
        }
    }

    private static IChecker CheckerOf(string check) => check switch
    {
        "every TVIEW equals its defining query" => new Equivalence(),
        "each key is written once" => new RefreshedOnce(),
        "TVIEWs are refreshed in order" => new RefreshedInOrder(),
        "nothing is left behind" => new Residue(),
        "no deadlock" => new NoDeadlock(),
        "the engine has no part in a deadlock" => new NoEngineDeadlock(),
        "the server never restarted" => new ServerHealth(),
        _ => throw new UserError($"There is no check '{check}'."),
    };

    private static string[] List(string text) => text.Split(", ", StringSplitOptions.RemoveEmptyEntries);
}

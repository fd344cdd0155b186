using Specs.Support.Drivers;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions;

/// <summary>Races: several small transactions whose steps are taken in one permutation after the other.</summary>
[Binding]
public sealed class InterleavingSteps(RaceStage stage, IReqnrollOutputHelper output)
{
    [Given(@"^sessions that connect (directly|through transaction pooling)$")]
    public void GivenRoute(string route) => stage.Connect(route != "directly");

    [Given(@"^these sessions$")]
    public void GivenSessions(DataTable table) =>
        stage.Give(Race.Of([.. table.Header], [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Values])]));

    [When(@"^they take their steps in every permutation$")]
    public Task WhenEvery() => stage.RunAsync();

    [When(@"^they take their steps in the permutation ([A-Z ]+)$")]
    public Task WhenIn(string permutation) => stage.RunAsync(permutation);

    /// <summary>All checkers; the report says which of them ran.</summary>
    [Then(@"^after (?:every|this) permutation the TVIEW contract held$")]
    public Task ThenContract()
    {
        output.WriteLine(stage.Judged);
        return stage.RequireContractAsync();
    }

    [Then(@"^no step failed$")]
    public Task ThenNone() => stage.RequireFailuresAsync([]);

    [Then(@"^steps failed only with (\w{5}(?: or \w{5})*)$")]
    public Task ThenOnly(string sqlStates) => stage.RequireFailuresAsync(sqlStates.Split(" or "));

    [Then(@"^in every permutation session ([A-Z]) failed with (\w{5})$")]
    public Task ThenFailed(string session, string sqlState) =>
        stage.RequireEveryAsync(
            $"session {session} fails with {sqlState}",
            p => p.Refused.Any(s => s.Step.Session == session && s.SqlState == sqlState)
        );

    [Then(@"^in every permutation exactly one step failed with (\w{5})$")]
    public Task ThenOneFailed(string sqlState) => stage.RequireEveryAsync($"exactly one step fails with {sqlState}",
        p => p.Refused.Count(s => s.SqlState == sqlState) == 1);

    [Then(@"^in some permutation a step failed with (\w{5})$")]
    public void ThenSomeFailed(string sqlState) =>
        stage.RequireSome($"a step fails with {sqlState}", p => p.Refused.Any(s => s.SqlState == sqlState));

    [Then(@"^in every permutation session ([A-Z]) had to wait$")]
    public Task ThenWaits(string session) =>
        stage.RequireEveryAsync($"session {session} has to wait", p => p.Waits(session));

    [Then(@"^in some permutation session ([A-Z]) had to wait$")]
    public void ThenSometimesWaits(string session) =>
        stage.RequireSome($"session {session} has to wait", p => p.Waits(session));
}

using Specs.Support.Drivers;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions;

/// <summary>Races: several small transactions whose steps are taken in one permutation after the other.</summary>
[Binding]
public sealed class InterleavingSteps(RaceStage stage, Run run, IReqnrollOutputHelper output)
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

    /// <summary>One after the other in one database: something may happen only now and then.</summary>
    [When(@"^they take their steps in the permutation ([A-Z ]+), (\d+) times$")]
    public Task WhenInTimes(string permutation, int times) => stage.RunAsync(permutation, times);

    /// <summary>All checkers; the report says which of them ran.</summary>
    [Then(@"^after (?:every|this) permutation the TVIEW contract held$")]
    public Task ThenContract()
    {
        output.WriteLine(stage.Judged);
        return stage.RequireContractAsync();
    }

    [Then(@"^no step failed$")]
    public Task ThenNone() => stage.RequireFailuresAsync([]);

    [Then(@"^steps failed only with (.*)$")]
    public Task ThenOnly(string errors) => stage.RequireFailuresAsync(run.Engine.Profile.SqlStates(errors));
}

using Specs.Support.Drivers;
using Specs.Support.Configuration;
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

    [Then(@"^in every permutation session ([A-Z]) failed with (.*)$")]
    public Task ThenFailed(string session, string error) =>
        stage.RequireEveryAsync(
            $"session {session} fails with {error}",
            p => Failures(p, error).Any(s => s.Step.Session == session)
        );

    [Then(@"^in every permutation exactly one step failed with (.*)$")]
    public Task ThenOneFailed(string error) =>
        stage.RequireEveryAsync($"exactly one step fails with {error}", p => Failures(p, error).Count() == 1);

    [Then(@"^in some permutation a step failed with ([^,]*)$")]
    public void ThenSomeFailed(string error) =>
        stage.RequireSome($"a step fails with {error}", p => Failures(p, error).Any());

    [Then(@"^in some permutation a step failed with ([^,]*), if the engine refreshes at COMMIT$")]
    public void ThenSomeFailedAtCommit(string error)
    {
        if (run.Engine.Profile.Refreshes == RefreshMoment.Commit)
        {
            ThenSomeFailed(error);
        }
    }

    [Then(@"^in every permutation session ([A-Z]) had to wait$")]
    public Task ThenWaits(string session) =>
        stage.RequireEveryAsync($"session {session} has to wait", p => Waits(p, session));

    [Then(@"^in some permutation session ([A-Z]) had to wait$")]
    public void ThenSometimesWaits(string session) =>
        stage.RequireSome($"session {session} has to wait", p => Waits(p, session));

    private IEnumerable<TracedStep> Failures(Trace trace, string error) =>
        trace.Refused.Where(s => run.Engine.Profile.SqlStates(error).Contains(s.SqlState!));

    // Where the engine takes no locks, nobody waits for it. Above READ COMMITTED some engines fail at once, where others wait and fail then.
    private bool Waits(Trace trace, string session) =>
        trace.Waits(session)
        || run.Engine.Profile.Locks == LockScope.None
        || (run.Engine.Profile.FailsAtOnce && !stage.IsReadCommitted
            && Failures(trace, "a retryable error").Any(s => s.Step.Session == session));
}

using Specs.Support.Configuration;
using Specs.Support.Drivers;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions;

/// <summary>
/// Which steps of a race failed, and who had to wait. A refresh that comes later neither refuses a writer nor lets him
/// wait.
/// </summary>
[Binding]
public sealed class RaceClaimSteps(RaceStage stage, Run run, Judge judge)
{
    private bool IsImmediate => run.Engine.Profile.IsImmediate;

    [Then(@"^in every permutation session ([A-Z]) failed with (.*)$")]
    public Task ThenFailed(string session, string error) =>
        EveryAsync(
            $"session {session} fails with {error}",
            p => Failures(p, error).Any(s => s.Step.Session == session)
        );

    [Then(@"^in every permutation exactly one step failed with (.*)$")]
    public Task ThenOneFailed(string error) =>
        stage.RequireEveryAsync($"exactly one step fails with {error}", p => Failures(p, error).Count() == 1);

    [Then(@"^in some permutation a step failed with ([^,]*)$")]
    public void ThenSomeFailed(string error) => Some($"a step fails with {error}", p => Failures(p, error).Any());

    [Then(@"^in some permutation a step failed with ([^,]*), if the engine refreshes at COMMIT$")]
    public void ThenSomeFailedAtCommit(string error)
    {
        if (run.Engine.Profile.Refreshes == RefreshMoment.Commit)
        {
            ThenSomeFailed(error);
        }
    }

    [Then(@"^in every permutation session ([A-Z]) had to wait$")]
    public Task ThenWaits(string session) => EveryAsync($"session {session} has to wait", p => Waits(p, session));

    [Then(@"^in some permutation session ([A-Z]) had to wait$")]
    public void ThenSometimesWaits(string session) =>
        Some($"session {session} has to wait", p => Waits(p, session));

    private Task EveryAsync(string claim, Func<Trace, bool> holds)
    {
        if (IsImmediate)
        {
            return stage.RequireEveryAsync(claim, holds);
        }

        Omit(claim);
        return Task.CompletedTask;
    }

    private void Some(string claim, Func<Trace, bool> holds)
    {
        if (IsImmediate)
        {
            stage.RequireSome(claim, holds);
        }
        else
        {
            Omit(claim);
        }
    }

    private void Omit(string claim) =>
        judge.Omit(claim, $"{run.Engine.Name} refreshes later, outside the writers' transactions");

    private IEnumerable<TracedStep> Failures(Trace trace, string error) =>
        trace.Refused.Where(s => run.Engine.Profile.SqlStates(error).Contains(s.SqlState!));

    // Where the engine takes no locks, nobody waits for it. Above READ COMMITTED some engines fail at once, where
    // others wait and fail then.
    private bool Waits(Trace trace, string session) =>
        trace.Waits(session)
        || run.Engine.Profile.Locks == LockScope.None
        || (run.Engine.Profile.FailsAtOnce && !stage.IsReadCommitted
            && Failures(trace, "a retryable error").Any(s => s.Step.Session == session));
}

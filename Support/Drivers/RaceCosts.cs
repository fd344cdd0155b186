using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Model;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>What a race costs whom: who had to wait although he need not, and which rows were refreshed.</summary>
/// <param name="run">The run.</param>
/// <param name="stage">The race.</param>
/// <param name="judge">Says what is not judged.</param>
public sealed class RaceCosts(Run run, RaceStage stage, Judge judge)
{
    /// <summary>
    /// Fails where a session had to wait, unless the engine locks whole TVIEWs; in how many permutations it did is said
    /// of every engine.
    /// </summary>
    /// <param name="session">The session's letter.</param>
    public Task RequireNoWaitAsync(string session)
    {
        var claim = $"session {session} does not have to wait";
        var (waited, all) = stage.Count(t => t.Waits(session));
        run.Report.Say(string.Create(CultureInfo.InvariantCulture,
            $"  unnecessary waits: session {session} in {waited} of {all} permutations"));
        if (run.Engine.Profile.Locks == LockScope.Tview)
        {
            judge.Omit(claim, $"one transaction at a time can write what a TVIEW of {run.Engine.Name} reads");
            return Task.CompletedTask;
        }

        return RequireNoWaitAsync(claim, s => s.Step.Session == session && s.Waited);
    }

    /// <summary>Fails where a session had to wait for a certain other one.</summary>
    /// <param name="session">The session's letter.</param>
    /// <param name="other">The other one's.</param>
    public Task RequireNoWaitAsync(string session, string other) =>
        RequireNoWaitAsync(
            $"session {session} does not have to wait for session {other}",
            s => s.Step.Session == session && s.WaitedFor.Contains(BlockingGraph.NameOf(other))
        );

    private Task RequireNoWaitAsync(string claim, Func<TracedStep, bool> waited) =>
        stage.RequireEveryAsync(Contract.Live, claim, play => play.Trace.Steps
            .Where(waited)
            .Select(s => $"session {s.Step.Session}, when it {s.Step.Words}, waited for "
                + string.Join(" and ", s.WaitedFor))
            .FirstOrDefault());

    /// <summary>Fails where more rows were refreshed, or fewer.</summary>
    /// <param name="rows">How many rows have changed.</param>
    public async Task RequireRefreshesAsync(int rows)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"no more than {rows} rows are refreshed");
        var profile = run.Engine.Profile;
        if (!profile.IsImmediate || profile.Writes != WritingStyle.Rows || profile.Once == PromiseScope.Never)
        {
            judge.Omit(claim, $"{run.Engine.Name} does not promise to write a row only where it changes");
            return;
        }

        await stage.RequireEveryAsync(Contract.Once, claim, play =>
            play.Refreshes > rows ? $"{play.Refreshes} rows were refreshed" : null);
        await stage.RequireEveryAsync(Contract.Once, "each row that has changed is refreshed", play =>
            play.Refreshes < rows ? $"{play.Refreshes} rows were refreshed" : null);
    }
}

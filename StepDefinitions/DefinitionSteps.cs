using Specs.Support.Drivers;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>What became of TVIEWs that were created and dropped.</summary>
[Binding]
public sealed class DefinitionSteps(Judge judge, Run run, Measurements measurements, ScenarioDatabase database,
    Statements statements)
{
    /// <summary>By the scenario's own session.</summary>
    [When(@"^the TVIEW tv_post is dropped$")]
    public Task WhenDropped() => statements.ExecuteAsync(run.Engine.DropSql("tv_post"));

    /// <summary>In one transaction, so that it owes the TVIEW a refresh when it drops it.</summary>
    [When(@"^a transaction renames all users and drops the TVIEW tv_post$")]
    public Task WhenWrittenAndDropped() =>
        statements.ExecuteAsync($"BEGIN; UPDATE tb_user SET name = 'new'; {run.Engine.DropSql("tv_post")}; COMMIT");

    /// <summary>Both, and among writes of others: else the scenario has shown nothing.</summary>
    [Then(@"^at least (\d+) TVIEWs were created and as many dropped while others wrote$")]
    public void ThenBoth(int least)
    {
        var (created, dropped) = (WhileOthersWrote(Definitions.Create), WhileOthersWrote(Definitions.Drop));
        judge.Require(
            $"at least {least} TVIEWs were created and as many dropped while others wrote",
            created >= least && dropped >= least,
            $"{created} created and {dropped} dropped while others wrote"
        );
    }

    /// <summary>Exactly one winner.</summary>
    [Then(@"^1 session succeeded and the others failed with (.*)$")]
    public void ThenOne(string error)
    {
        var declared = run.Engine.Profile.SqlStates(error);
        var (succeeded, refused) = (
            Count(Definitions.Create, Outcome.Ok),
            measurements.Load.History.Work.Count(o => o.SqlState is { } state && declared.Contains(state))
        );
        judge.Require(
            $"1 session succeeded and the others failed with {error}",
            succeeded == 1 && refused == measurements.Load.Sessions - 1,
            $"of {measurements.Load.Sessions} sessions {succeeded} succeeded and {refused} failed so"
        );
    }

    /// <summary>None succeeded.</summary>
    [Then(@"^every drop failed with (.*)$")]
    public void ThenRefused(string error)
    {
        var ends = measurements
            .Load.History.Work.Where(o => o.Kind == Definitions.Drop)
            .Select(o => o.SqlState ?? "success")
            .Distinct()
            .ToList();
        judge.Require(
            $"every drop failed with {error}",
            ends.Count > 0 && ends.All(run.Engine.Profile.SqlStates(error).Contains),
            string.Join(", ", ends)
        );
    }

    /// <summary>Neither table nor entry.</summary>
    [Then(@"^there is no TVIEW (tv_\w+)$")]
    public async Task ThenNone(string name)
    {
        var found = await Definitions.TracesAsync(database.Connection, run.Engine.Names, name);
        judge.Require($"there is no TVIEW {name}", found.Count == 0, string.Join(", ", found));
    }

    /// <summary>The audit trail is empty.</summary>
    [Then(@"^nothing was refreshed$")]
    public async Task ThenNothing()
    {
        var found = await judge.CountRefreshesAsync();
        judge.Require("nothing was refreshed", found == 0, $"{found} refreshes");
    }

    private int WhileOthersWrote(string kind) =>
        measurements.Load.History.Work.Count(d =>
            d.Kind == kind
            && d.Outcome == Outcome.Ok
            && measurements.Load.History.Work.Any(w =>
                w.Kind is not (Definitions.Create or Definitions.Drop) && w.Start < d.End && d.Start < w.End
            )
        );

    private int Count(string kind, Outcome outcome) =>
        measurements.Load.History.Work.Count(o => o.Kind == kind && o.Outcome == outcome);
}

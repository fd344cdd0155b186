using Specs.Support.Drivers;
using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>What became of TVIEWs that were created and dropped.</summary>
[Binding]
public sealed class DefinitionSteps(World world)
{
    /// <summary>By the scenario's own session.</summary>
    [When(@"^the TVIEW tv_post is dropped$")]
    public Task WhenDropped() => world.ExecuteAsync("SELECT pg_tviews_drop('tv_post')");

    /// <summary>Both, and among writes of others: else the scenario has shown nothing.</summary>
    [Then(@"^at least (\d+) TVIEWs were created and as many dropped while others wrote$")]
    public void ThenBoth(int least)
    {
        var (created, dropped) = (WhileOthersWrote(Definitions.Create), WhileOthersWrote(Definitions.Drop));
        World.Require($"at least {least} TVIEWs were created and as many dropped while others wrote", created >= least && dropped >= least,
            $"{created} created and {dropped} dropped while others wrote");
    }

    /// <summary>Exactly one winner.</summary>
    [Then(@"^1 session succeeded and the others failed with (\w{5})$")]
    public void ThenOne(string sqlState)
    {
        var (succeeded, refused) = (Count(Definitions.Create, Outcome.Ok), world.Load.History.Work.Count(o => o.SqlState == sqlState));
        World.Require($"1 session succeeded and the others failed with {sqlState}", succeeded == 1 && refused == world.Load.Sessions - 1,
            $"of {world.Load.Sessions} sessions {succeeded} succeeded and {refused} failed so");
    }

    /// <summary>None succeeded.</summary>
    [Then(@"^every drop failed with (\w{5})$")]
    public void ThenRefused(string sqlState)
    {
        var ends = world.Load.History.Work.Where(o => o.Kind == Definitions.Drop).Select(o => o.SqlState ?? "success").Distinct().ToList();
        World.Require($"every drop failed with {sqlState}", ends is [var end] && end == sqlState, string.Join(", ", ends));
    }

    /// <summary>Neither table nor entry.</summary>
    [Then(@"^there is no TVIEW (tv_\w+)$")]
    public async Task ThenNone(string name)
    {
        var found = await Definitions.TracesAsync(world.Connection, World.Engine.Names, name);
        World.Require($"there is no TVIEW {name}", found.Count == 0, string.Join(", ", found));
    }

    /// <summary>The audit trail is empty.</summary>
    [Then(@"^nothing was refreshed$")]
    public async Task ThenNothing()
    {
        var found = await world.CountRefreshesAsync();
        World.Require("nothing was refreshed", found == 0, $"{found} refreshes");
    }

    private int WhileOthersWrote(string kind) => world.Load.History.Work.Count(d => d.Kind == kind && d.Outcome == Outcome.Ok
        && world.Load.History.Work.Any(w => w.Kind is not (Definitions.Create or Definitions.Drop) && w.Start < d.End && d.Start < w.End));

    private int Count(string kind, Outcome outcome) => world.Load.History.Work.Count(o => o.Kind == kind && o.Outcome == outcome);
}

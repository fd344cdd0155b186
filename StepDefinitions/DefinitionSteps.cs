using System.Globalization;
using Shouldly;
using Specs.Support.Fleet;
using Specs.Support.Hooks;
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
        WhileOthersWrote(Definitions.Create).ShouldBeGreaterThanOrEqualTo(least);
        WhileOthersWrote(Definitions.Drop).ShouldBeGreaterThanOrEqualTo(least);
    }

    /// <summary>Exactly one winner.</summary>
    [Then(@"^1 session succeeded and the others were refused with (\w{5})$")]
    public void ThenOne(string sqlState)
    {
        Count(Definitions.Create, Outcome.Ok).ShouldBe(1);
        world.Load.History.Work.Count(o => o.SqlState == sqlState).ShouldBe(world.Load.Sessions - 1);
    }

    /// <summary>None succeeded.</summary>
    [Then(@"^all who dropped were refused with (\w{5})$")]
    public void ThenRefused(string sqlState) => world.Load.History.Work.Where(o => o.Kind == Definitions.Drop)
        .Select(o => o.SqlState).Distinct().ShouldBe([sqlState]);

    /// <summary>Neither table nor entry.</summary>
    [Then(@"^there is no TVIEW (tv_\w+)$")]
    public async Task ThenNone(string name) => (await PreparedWork.TextsAsync(world.Connection, string.Create(CultureInfo.InvariantCulture,
        $"SELECT name FROM ({World.Engine.Names}) t(name) WHERE name = '{name}' UNION ALL SELECT relname FROM pg_class WHERE relname = '{name}'"))).ShouldBeEmpty();

    /// <summary>The audit trail is empty.</summary>
    [Then(@"^nothing was refreshed$")]
    public async Task ThenNothing() => (await world.CountRefreshesAsync()).ShouldBe(0);

    private int WhileOthersWrote(string kind) => world.Load.History.Work.Count(d => d.Kind == kind && d.Outcome == Outcome.Ok
        && world.Load.History.Work.Any(w => w.Kind is not (Definitions.Create or Definitions.Drop) && w.Start < d.End && d.Start < w.End));

    private int Count(string kind, Outcome outcome) => world.Load.History.Work.Count(o => o.Kind == kind && o.Outcome == outcome);
}

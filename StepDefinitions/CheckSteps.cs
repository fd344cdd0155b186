using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>The contracts of DESIGN §6, as claims about what has just run.</summary>
[Binding]
public sealed class CheckSteps(World world)
{
    /// <summary>All contracts at once.</summary>
    [Then(@"^the TVIEW contract held$")]
    public Task ThenContract() => world.RequireContractAsync();

    /// <summary>Contract 1, at the end.</summary>
    [Then(@"^every TVIEW equals its defining query$")]
    public Task ThenExact() => world.RequireEquivalenceAsync();

    /// <summary>Contract 2.</summary>
    [Then(@"^no transaction refreshed a row of a TVIEW twice$")]
    public Task ThenOnce() => world.RequireOnceAsync();

    /// <summary>Contract 2, counted: nothing was left out either.</summary>
    [Then(@"^(\d+) rows? (?:was|were) refreshed for each session$")]
    public async Task ThenRefreshes(int each)
    {
        var found = await world.CountRefreshesAsync();
        World.Require($"{each} rows were refreshed for each of {world.Load.Sessions} sessions", found == world.Load.Sessions * each, $"{found} refreshes");
    }

    /// <summary>Contract 8.</summary>
    [Then(@"^there was no deadlock$")]
    public Task ThenNoDeadlock() => world.RequireNoDeadlockAsync();

    /// <summary>Contract 5.</summary>
    [Then(@"^nothing is left behind$")]
    public Task ThenNothingLeft() => world.RequireNoLeftoversAsync();

    /// <summary>Measured, whatever it is: limits.json judges it.</summary>
    [Then(@"^the cost of maintenance is known$")]
    public void ThenCost() => World.Require("the cost of maintenance is known", world.MaintenanceCost is not null, "no figures of the same work with and without TVIEWs");
}

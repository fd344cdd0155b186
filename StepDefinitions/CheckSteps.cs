using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>The contracts of DESIGN §6, as claims about what has just run.</summary>
[Binding]
public sealed class CheckSteps(Judge judge, Measurements measurements)
{
    /// <summary>All contracts at once.</summary>
    [Then(@"^the TVIEW contract held$")]
    public Task ThenContract() => judge.RequireContractAsync();

    /// <summary>Contract 1, at the end.</summary>
    [Then(@"^every TVIEW equals its defining query$")]
    public Task ThenExact() => judge.RequireEquivalenceAsync();

    /// <summary>Contract 2.</summary>
    [Then(@"^no transaction refreshed a row of a TVIEW twice$")]
    public Task ThenOnce() => judge.RequireOnceAsync();

    /// <summary>Contract 2, counted: nothing was left out either.</summary>
    [Then(@"^(\d+) rows? (?:was|were) refreshed for each session$")]
    public async Task ThenRefreshes(int each)
    {
        var found = await judge.CountRefreshesAsync();
        judge.Require($"{each} rows were refreshed for each of {measurements.Load.Sessions} sessions", found == measurements.Load.Sessions * each, $"{found} refreshes");
    }

    /// <summary>Contract 8.</summary>
    [Then(@"^there was no deadlock$")]
    public Task ThenNoDeadlock() => judge.RequireNoDeadlockAsync();

    /// <summary>Contract 5.</summary>
    [Then(@"^nothing is left behind$")]
    public Task ThenNothingLeft() => judge.RequireNoLeftoversAsync();

    /// <summary>Measured, whatever it is: limits.json judges it.</summary>
    [Then(@"^the cost of maintenance is known$")]
    public void ThenCost() => judge.Require("the cost of maintenance is known", measurements.MaintenanceCost is not null, "no figures of the same work with and without TVIEWs");
}

using Specs.Support.Contracts;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>The contracts, as claims about what has just run.</summary>
[Binding]
public sealed class CheckSteps(Judge judge, Measurements measurements, IReqnrollOutputHelper output)
{
    /// <summary>All checkers at once; the report says which of them ran.</summary>
    [Then(@"^the TVIEW contract held$")]
    public async Task ThenContract()
    {
        var judgement = await judge.JudgeAsync();
        output.WriteLine(judgement.ToString());
        judge.Require([.. judgement.Results]);
    }

    /// <summary>Exact, at the end.</summary>
    [Then(@"^every TVIEW equals its defining query$")]
    public Task ThenExact() => judge.RequireAsync<Equivalence>();

    /// <summary>Once.</summary>
    [Then(@"^no transaction refreshed a row of a TVIEW twice$")]
    public Task ThenOnce() => judge.RequireAsync<RefreshedOnce>();

    /// <summary>Once, counted: nothing was left out either.</summary>
    [Then(@"^(\d+) rows? (?:was|were) refreshed for each session$")]
    public Task ThenRefreshes(int each) => judge.RequireRefreshesAsync(measurements.Load.Sessions, each);

    /// <summary>Live.</summary>
    [Then(@"^there was no deadlock$")]
    public Task ThenNoDeadlock() => judge.RequireAtEndAsync<NoDeadlock>();

    /// <summary>No leftovers.</summary>
    [Then(@"^nothing is left behind$")]
    public Task ThenNothingLeft() => judge.RequireAtEndAsync<Residue>();

    /// <summary>Each was seen in the TVIEW, sooner or later; there is no lag where it comes with the commit.</summary>
    [Then(@"^the lag of every commit is known$")]
    public void ThenLag() =>
        judge.Require(
            "the lag of every commit is known",
            judge.IsImmediate || measurements.Load.Lags.Count == measurements.Load.History.Work.Count(),
            $"{measurements.Load.Lags.Count} lags of {measurements.Load.History.Work.Count()} commits"
        );

    /// <summary>Measured, whatever it is: limits.json judges it.</summary>
    [Then(@"^the cost of maintenance is known$")]
    public void ThenCost() =>
        judge.Require(
            "the cost of maintenance is known",
            measurements.MaintenanceCost is not null,
            "no figures of the same work with and without TVIEWs"
        );
}

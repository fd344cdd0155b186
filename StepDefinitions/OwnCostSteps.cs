using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What TVIEWs over a user's own tables cost.</summary>
[Binding]
public sealed class OwnCostSteps(OwnCosts costs, Judge judge)
{
    [When(@"^(\d+) statements of each kind run without TVIEWs and with them$")]
    public Task WhenMeasured(int each) => costs.MeasureAsync(each);

    [Then(@"^the cost of at least (\d+) kinds of statements is known$")]
    public void ThenKnown(int least) =>
        judge.Require($"the cost of at least {least} kinds of statements is known", costs.Kinds >= least, costs.Kinds);
}

using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What transactions make the server write and touch.</summary>
[Binding]
public sealed class CountedWorkSteps(FleetDriver fleet, CountedWork counted)
{
    /// <summary>Nothing else happens on the server meanwhile.</summary>
    [When(@"^each session (.*), (\d+) times, and its work is counted$")]
    public Task WhenCounted(string deed, int times) => counted.RunAsync(fleet.ProfileNamed(deed), times);

    /// <summary>Counted, however much it is: limits.json judges it.</summary>
    [Then(@"^the work of each transaction is known$")]
    public void ThenKnown() => counted.RequireCounts();
}

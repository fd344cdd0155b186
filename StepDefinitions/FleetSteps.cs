using Specs.Support.Checks;
using Specs.Support.Hooks;

namespace Specs.StepDefinitions;

/// <summary>The sessions of a scenario, and whether they really worked at the same time.</summary>
[Binding]
public sealed class FleetSteps(World world)
{
    /// <summary>Opens sessions; SPECS_SESSIONS replaces their number.</summary>
    [Given(@"^(\d+) sessions$")]
    public Task GivenSessions(int count) => world.OpenSessionsAsync(count);

    /// <summary>Opens auditors.</summary>
    [Given(@"^an auditor who compares every TVIEW with its defining query all the while$")]
    public Task GivenAuditors() => world.OpenAuditorsAsync();

    /// <summary>Proves the overlap: so many of every hundred sessions.</summary>
    [Then(@"^at least (\d+) % of the sessions were in a transaction at the same moment$")]
    public void ThenOverlap(int percent) => World.Require(Concurrency.Check(world.Load, world.Load.Sessions * percent / 100));

    /// <summary>Every transaction committed.</summary>
    [Then(@"^every session has committed all its transactions$")]
    public void ThenComplete() => World.Require(Completion.Check(world.Load, world.Times));
}

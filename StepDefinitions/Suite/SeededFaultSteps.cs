using Specs.Support.Hooks;

namespace Specs.StepDefinitions.Suite;

/// <summary>The features, run against engines that are broken on purpose.</summary>
[Binding]
public sealed class SeededFaultSteps(Proof proof)
{
    /// <summary>Quick: one scenario for each fault.</summary>
    [When(@"^the scenario that each seeded fault names runs against it$")]
    public Task WhenNamed() => proof.RunAsync(RunHooks.Current.Options.Times, all: false);

    /// <summary>The whole matrix.</summary>
    [When(@"^all features run against the sound engine and against each seeded fault$")]
    public Task WhenAll() => proof.RunAsync(RunHooks.Current.Options.Times, all: true);

    /// <summary>By that scenario, for that reason.</summary>
    [Then(@"^each fault is caught by the scenario that it names, with a finding about the contract that it names$")]
    public void ThenCaught() => World.Require(proof.Check());

    /// <summary>A suite that always fails catches everything.</summary>
    [Then(@"^nothing fails on the sound engine$")]
    public void ThenSound() => World.Require(proof.CheckSound());
}

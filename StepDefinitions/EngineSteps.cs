using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What a scenario requires of the engine; where it does not promise that, the scenario is skipped.</summary>
[Binding]
public sealed class EngineSteps(Requirements requires)
{
    [Given(@"^an engine that (.*)$")]
    public void GivenEngine(string promise) => requires.Promise(promise);
}

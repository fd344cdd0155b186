using Specs.Support.Hooks;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>Which tables a scenario has.</summary>
[Binding]
public sealed class SchemaSteps(World world)
{
    /// <summary>One of the schemas that the workloads know, by its name.</summary>
    [Given(@"^((?:the base table|(?:3|100) users|2 companies|companies).*)$")]
    public Task GivenSchema(string name) => world.CreateAsync(Schema.Named(name));
}

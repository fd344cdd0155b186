using Specs.Support.Model;

namespace Specs.Support.Drivers;

/// <summary>Which scenario is running.</summary>
public sealed class World
{
    /// <summary>Its feature, title and row.</summary>
    public ScenarioId Scenario { get; set; } = new("", "");

    /// <summary>The command that runs it.</summary>
    public string Command { get; set; } = "";

    /// <summary>
    /// Whether the scenario is about the suite: what it shows is made by hand, and says nothing about an engine.
    /// </summary>
    public bool IsAboutSuite { get; set; }
}

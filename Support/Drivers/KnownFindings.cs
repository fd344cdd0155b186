using System.Diagnostics.CodeAnalysis;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Running;
using Xunit;

namespace Specs.Support.Drivers;

/// <summary>Tells findings that are documented of the engine from those that are not.</summary>
/// <param name="run">The run, whose engine declares them.</param>
/// <param name="world">The scenario.</param>
public sealed class KnownFindings(Run run, World world)
{
    /// <summary>How a scenario ended in which a known finding occurred: it is no failure, and no pass either.</summary>
    public const string Outcome = "known";

    internal const string Mark = "known of the engine: ";

    private IEnumerable<KnownFinding> OfScenario =>
        run.Engine.Profile.Known.Where(k => k.IsAbout(world.Scenario.ToString()));

    /// <summary>Whether a scenario ended with a known finding.</summary>
    public static bool Is(Exception? error) =>
        error is SkipException && error.Message.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Ends the scenario: with the reason where the finding is known, else as a failure.</summary>
    /// <param name="broken">What was found.</param>
    [DoesNotReturn]
    public void Throw(BrokenContractException broken)
    {
        var known = OfScenario.FirstOrDefault(k => broken.Message.Contains(k.Finding, StringComparison.Ordinal));
        Skip.If(known is not null, $"{Mark}{known?.Because}\n{broken.Message}");
        throw broken;
    }

    /// <summary>A failure where something is known of a scenario, and it passed all the same.</summary>
    public Exception? Missing() =>
        OfScenario.FirstOrDefault(k => !k.Sometimes) is { } gone
            ? new ShouldAssertException($"This finding is known of {run.Engine.Name} and did not occur: "
                + $"'{gone.Finding}' ({gone.Because}); if it is mended, take it out of the engine's profile.")
            : null;
}

using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What goes wrong while sessions work, that it hit, and what became of their work.</summary>
[Binding]
public sealed class FaultSteps(FaultDriver faults)
{
    /// <summary>By the clock.</summary>
    [When(@"^every (\d+) ms (.*), (\d+) times?, while each session (.*)$")]
    public Task WhenEvery(int milliseconds, string fault, int times, string deed) =>
        faults.RunAsync(deed, fault, times, TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>By the work's own progress.</summary>
    [When(@"^((?!every).*), (\d+) times?, while each session (.*)$")]
    public Task WhenAgain(string fault, int times, string deed) => faults.RunAsync(deed, fault, times, null);

    /// <summary>Proves that there was something to lose.</summary>
    [Then(@"^at least (\d+) of these faults came in the middle of a (transaction|flush)$")]
    public void ThenHit(int least, string what) => faults.RequireHits(least, what == "flush");

    /// <summary>Proves that there was something to lose.</summary>
    [Then(@"^the transactions of at least (\d+) % of the sessions (?:were under way|failed) each time$")]
    public void ThenHitMany(int percent) => faults.RequireManyHits(percent);

    /// <summary>What became of what they wrote.</summary>
    [Then(@"^each token that was committed stands in its two rows and in the TVIEW, and no other token in any$")]
    public Task ThenTokens() => faults.RequireTokensAsync(mayLose: false);

    /// <summary>Where the server that took over never got the last of it.</summary>
    [Then(@"^some of the last tokens are lost, and each other one stands in its two rows and in the TVIEW$")]
    public Task ThenLost() => faults.RequireTokensAsync(mayLose: true);

    /// <summary>What the sessions were told.</summary>
    [Then(@"^only what was hit failed, with a clean error(?:, and every session went on)?$")]
    public void ThenCleanErrors() => faults.RequireCleanErrors();
}

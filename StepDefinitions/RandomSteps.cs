using Specs.Support.Contracts;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>
/// Random transactions over a random schema; the driver says what was found, and how to have it again.
/// </summary>
[Binding]
public sealed class RandomSteps(Judge judge, Measurements measurements, FleetDriver fleet, RandomStress stress,
    IReqnrollOutputHelper output)
{
    /// <summary>Everything happens here; the other steps look at what was found.</summary>
    [When(@"^(\d+) sessions commit (\d+) random transactions over random tables and TVIEWs, (\d+) times?$")]
    public async Task WhenRandom(int sessions, int transactions, int rounds)
    {
        fleet.RetryAllowed();
        await stress.RunAsync(sessions, transactions, rounds);
        output.WriteLine(string.Join(", ", stress.Tally.Select(t => $"{t.Key}: {t.Value}")));
    }

    [Then(@"^the TVIEW contract held each time$")]
    public void ThenContract()
    {
        output.WriteLine(stress.Judged);
        stress.Require();
    }

    /// <summary>Live, but for what users bring upon themselves.</summary>
    [Then(@"^nothing failed but with a declared error, or with a retryable one and then succeeded$")]
    public void ThenComplete() => stress.Require<Completion>();

    /// <summary>Live: refusals are rare, however well they end.</summary>
    [Then(@"^in most sessions more attempts succeeded than had to be repeated$")]
    public void ThenNoStorm() => stress.Require<RetryStorm>();

    /// <summary>Live, by the server's log.</summary>
    [Then(@"^no lock of the engine was part of a deadlock$")]
    public void ThenNoDeadlock() => stress.Require<NoEngineDeadlock>();

    /// <summary>The proof that they worked at once.</summary>
    [Then(@"^at least (\d+) of the sessions were in a transaction at the same moment, each time$")]
    public void ThenOverlap(int least) =>
        judge.Require(
            $"at least {least} of the sessions were in a transaction at the same moment, each time",
            stress.LeastOverlap >= Math.Min(least, measurements.Load.Sessions),
            $"{stress.LeastOverlap} in one round"
        );

    /// <summary>The proof that the draws left nothing out.</summary>
    [Then(@"^each kind of statement was committed at least once$")]
    public void ThenAllKinds()
    {
        var missing = stress.Kinds.Where(s => !stress.Tally.ContainsKey(s)).ToList();
        judge.Require(
            "each kind of statement was committed at least once",
            missing.Count == 0,
            $"none of: {string.Join(", ", missing)}"
        );
    }
}

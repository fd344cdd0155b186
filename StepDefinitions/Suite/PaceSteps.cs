using System.Diagnostics;
using Shouldly;
using Specs.Support.Fleet;

namespace Specs.StepDefinitions.Suite;

/// <summary>Loads that begin their transactions at a given rate.</summary>
[Binding]
public sealed class PaceSteps
{
    private ArrivalSchedule? _pace;

    /// <summary>An open load.</summary>
    [Given(@"^(\d+) sessions that begin (\d+) transactions a second$")]
    public void GivenPace(int sessions, int rate) => _pace = new ArrivalSchedule(rate, sessions, 0);

    /// <summary>By the pace.</summary>
    [Then(@"^transaction (\d+) of session (\d+) is due after (\d+) ms$")]
    public void ThenDue(int iteration, int session, int milliseconds) =>
        _pace.ShouldNotBeNull().Due(session, iteration).ShouldBe(Ticks(milliseconds));

    /// <summary>From when it was due, not from when it began.</summary>
    [Then(@"^a transaction that was due at (\d+) ms, began at (\d+) ms and ended at (\d+) ms took (\d+) ms$")]
    public void ThenTook(int due, int start, int end, int latency) =>
        new Operation(1, "insert", Ticks(start), Ticks(end), Outcome.Ok, null, 1, false, null)
        {
            Due = Ticks(due),
        }.Milliseconds.ShouldBe(latency);

    private static long Ticks(int milliseconds) => milliseconds * Stopwatch.Frequency / 1000;
}

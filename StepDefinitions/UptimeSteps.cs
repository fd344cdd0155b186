using Specs.Support.Contracts;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>Long loads, and what they leave in use.</summary>
[Binding]
public sealed class UptimeSteps(Judge judge, FleetDriver fleet, Uptime uptime, IReqnrollOutputHelper output)
{
    /// <summary>All sessions together; the longer number in the first repetition of a soak.</summary>
    [When(@"^each session (.*), (\d+) times over all sessions, or (\d+) in a soak$")]
    public async Task WhenLong(string deed, int times, int inSoak)
    {
        await uptime.RunAsync(fleet.ProfileNamed(deed), times, inSoak);
        output.WriteLine(Boundedness.Summary(fleet.Resources));
    }

    /// <summary>The last tenth against the second.</summary>
    [Then(@"^memory, relations, locks and cached plans have stopped growing$")]
    public Task ThenBounded() => judge.RequireAsync<Boundedness>();

    /// <summary>Nothing keeps it from the dead rows that the last tenth has left.</summary>
    [Then(@"^autovacuum gets to work$")]
    public Task ThenAutovacuum() => uptime.RequireAutovacuumAsync();
}

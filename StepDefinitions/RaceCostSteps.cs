using System.Globalization;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What a race costs: waits that need not be, and refreshes.</summary>
[Binding]
public sealed class RaceCostSteps(RaceCosts costs)
{
    [Then(@"^in no permutation session ([A-Z]) had to wait$")]
    public Task ThenNoWait(string session) => costs.RequireNoWaitAsync(session);

    /// <summary>For others it may have to.</summary>
    [Then(@"^in no permutation session ([A-Z]) had to wait for session ([A-Z])$")]
    public Task ThenNoWaitFor(string session, string other) => costs.RequireNoWaitAsync(session, other);

    [Then(@"^in every permutation exactly one row was refreshed$")]
    public Task ThenOneRefresh() => costs.RequireRefreshesAsync(1);

    [Then(@"^in every permutation exactly (\d+) rows were refreshed$")]
    public Task ThenRefreshes(string rows) =>
        costs.RequireRefreshesAsync(int.Parse(rows, CultureInfo.InvariantCulture));
}

using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>A standby that streams from the server, and takes its place.</summary>
[Binding]
public sealed class StandbySteps(StandbyDriver standby, FleetDriver fleet)
{
    /// <summary>Copies what is there so far, and follows.</summary>
    [Given(@"^(a synchronous|an asynchronous) standby$")]
    public Task GivenStandby(string how) => standby.StartAsync(how == "a synchronous");

    /// <summary>Looks where nobody writes.</summary>
    [Given(@"^an auditor on the standby who compares every TVIEW with its defining query all the while$")]
    public Task GivenAuditors() => fleet.OpenAuditorsAsync(standby.Route);

    /// <summary>Sessions that are opened from now on work there.</summary>
    [When(@"^the standby is promoted$")]
    public Task WhenPromoted() => standby.PromoteAsync();
}

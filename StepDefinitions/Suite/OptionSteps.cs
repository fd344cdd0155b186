using Microsoft.Extensions.Configuration;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Hooks;
using Specs.Support.Hosts;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a run does with the options that it is given.</summary>
[Binding]
public sealed class OptionSteps
{
    private RunOptions? _options;
    private UserError? _refusal;

    /// <summary>One option, all others at their defaults.</summary>
    [When(@"^the run is given (\w+) = ""(.*)""$")]
    public void WhenGiven(string option, string value) => Read(new() { [option] = value });

    /// <summary>Defaults only.</summary>
    [When(@"^the run is given no option$")]
    public void WhenGivenNothing() => Read([]);

    /// <summary>Port 1 of loopback: nothing listens there.</summary>
    [When(@"^the run is pointed at a port where nothing listens$")]
    public Task WhenNothingListens() => OpenAsync("Host=127.0.0.1;Port=1;Username=nobody;Password=secret", 2);

    /// <summary>The run's own server, which was made for a hundred.</summary>
    [When(@"^the run asks its own server for (\d+) sessions$")]
    public Task WhenTooMany(int sessions) => OpenAsync(RunHooks.Current.Host.Admin, sessions);

    /// <summary>The one sentence.</summary>
    [Then(@"^it is refused with ""(.*)""$")]
    public void ThenRefused(string sentence) => _refusal.ShouldNotBeNull().Message.ShouldContain(sentence);

    /// <summary>What must not be in it.</summary>
    [Then(@"^the refusal does not contain ""(.*)""$")]
    public void ThenSecret(string secret) => _refusal.ShouldNotBeNull().ToString().ShouldNotContain(secret);

    /// <summary>The defaults.</summary>
    [Then(@"^it takes the reference engine and as many sessions as the features say$")]
    public void ThenDefaults()
    {
        _options.ShouldNotBeNull().Engine.ShouldBe("reference");
        _options.Sessions.ShouldBeNull();
    }

    private void Read(Dictionary<string, string?> settings)
    {
        try
        {
            _options = RunOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        }
        catch (UserError e)
        {
            _refusal = e;
        }
    }

    private async Task OpenAsync(string connection, int sessions)
    {
        try
        {
            await (await Databases.OpenAsync(connection, "probe", sessions, _ => { })).DisposeAsync();
        }
        catch (UserError e)
        {
            _refusal = e;
        }
    }
}

using Microsoft.Extensions.Configuration;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Hooks;
using Specs.Support.Hosts;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a run does with the options that it is given.</summary>
[Binding]
public sealed class OptionSteps(Refusal refusal)
{
    private RunOptions? _options;

    /// <summary>One option, all others at their defaults.</summary>
    [When(@"^the run is given (\w+) = ""(.*)""$")]
    public Task WhenGiven(string option, string value) => ReadAsync(new() { [option] = value });

    /// <summary>Defaults only.</summary>
    [When(@"^the run is given no option$")]
    public Task WhenGivenNothing() => ReadAsync([]);

    /// <summary>Port 1 of loopback: nothing listens there.</summary>
    [When(@"^the run is pointed at a port where nothing listens$")]
    public Task WhenNothingListens() => OpenAsync("Host=127.0.0.1;Port=1;Username=nobody;Password=secret", 2);

    /// <summary>The run's own server, which was made for a hundred.</summary>
    [When(@"^the run asks its own server for (\d+) sessions$")]
    public Task WhenTooMany(int sessions) => OpenAsync(RunHooks.Current.Host.Admin, sessions);

    /// <summary>The defaults.</summary>
    [Then(@"^it takes the reference engine and as many sessions as the features say$")]
    public void ThenDefaults()
    {
        _options.ShouldNotBeNull().Engine.ShouldBe("reference");
        _options.Sessions.ShouldBeNull();
    }

    private Task ReadAsync(Dictionary<string, string?> settings) => refusal.OfAsync(() =>
    {
        _options = RunOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return Task.CompletedTask;
    });

    private Task OpenAsync(string connection, int sessions) =>
        refusal.OfAsync(async () => await (await Databases.OpenAsync(connection, "probe", sessions, _ => { })).DisposeAsync());
}

using Npgsql;
using Specs.Support.Hosts;
using Specs.Support.Hosts.Containers;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a run says of a server that it cannot use.</summary>
[Binding]
public sealed class LoginSteps(Run run, Refusal refusal)
{
    /// <summary>Port 1 of loopback: nothing listens there.</summary>
    [When(@"^the run is pointed at a port where nothing listens$")]
    public Task WhenNothingListens() => OpenAsync(Silent, 2, ExternalPostgres.Silent);

    /// <summary>The same, as the port of a container that runs.</summary>
    [When(@"^the run is pointed at a container's port that is not reached$")]
    public Task WhenNotReached() => OpenAsync(Silent, 2, ContainerPostgres.Silent);

    /// <summary>Whatever the password is, it is not this one.</summary>
    [When(@"^the run is pointed at its own server with a wrong password$")]
    public Task WhenWrongPassword() => OpenAsync(new(Own) { Password = "secret" }, 2);

    /// <summary>template0 is there on every server, and takes no connections.</summary>
    [When(@"^the run is pointed at the database (.*)$")]
    public Task WhenDatabase(string name) => OpenAsync(new(Own) { Database = name }, 2);

    /// <summary>The run's own server, which was made for a hundred.</summary>
    [When(@"^the run asks its own server for (\d+) sessions$")]
    public Task WhenTooMany(int sessions) => OpenAsync(new(Own), sessions);

    private static NpgsqlConnectionStringBuilder Silent => new("Host=127.0.0.1;Port=1;Username=nobody;Password=secret");

    private string Own => run.Host.Admin;

    private Task OpenAsync(NpgsqlConnectionStringBuilder server, int sessions, string help = "") =>
        refusal.OfAsync(async () =>
            await (await Databases.OpenAsync(server.ConnectionString, "probe", sessions, help, _ => { })).DisposeAsync()
        );
}

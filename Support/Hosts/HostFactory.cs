using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>Chooses where PostgreSQL runs; never falls through to another choice in silence.</summary>
internal static class HostFactory
{
    /// <summary>Starts the server of a run.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">The run's temporary folder.</param>
    /// <param name="connections">How many sessions must fit.</param>
    /// <param name="say">Receives a line for what takes its time.</param>
    /// <exception cref="UserError">There is no such host here.</exception>
    internal static async Task<IPostgresHost> StartAsync(RunOptions options, RunFolder folder, int connections, Action<string> say) =>
        options.Host switch
        {
            HostKind.Testcontainers => throw new UserError(
                "SPECS_HOST=testcontainers is not in this version of the suite; use local, external or auto."),
            _ when options.Connection is { } connection => new ExternalPostgres(connection),
            _ => await LocalPostgres.CreateAsync(options, folder.Path, connections, say),
        };
}

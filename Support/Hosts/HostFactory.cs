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
    /// <returns>The server, and why it is this one: empty where the options name it.</returns>
    /// <exception cref="UserError">There is no such host here.</exception>
    internal static async Task<(IPostgresHost Host, string Why)> StartAsync(
        RunOptions options, RunFolder folder, int connections, Action<string> say)
    {
        var (kind, why) = options switch
        {
            { Host: not HostKind.Auto } => (options.Host, ""),
            { Connection: not null } => (HostKind.External, ""),
            { PostgresPrograms: not null } => (HostKind.Local, ""),
            _ => await Containers.DockerEngine.UnsupportedAsync() is { } missing
                ? (HostKind.Local, $" because {missing.Because}")
                : (HostKind.Testcontainers, " because a Docker engine answers"),
        };
        return (
            kind switch
            {
                HostKind.External => new ExternalPostgres(options, folder.Path),
                HostKind.Testcontainers => await Containers.ContainerPostgres.CreateAsync(
                    options,
                    folder,
                    connections,
                    say
                ),
                _ => await LocalPostgres.CreateAsync(options, folder.Path, connections, say),
            },
            why
        );
    }
}

using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>How a PgBouncer pools.</summary>
/// <param name="Mode">When a server connection changes hands.</param>
/// <param name="ResetAlways">
/// server_reset_query_always: whether DISCARD ALL is sent between two clients in every mode. By default PgBouncer sends
/// it in session pooling only.
/// </param>
/// <param name="ServerConnections">The most server connections, at least 1.</param>
/// <param name="Clients">The most clients, at least 1.</param>
public sealed record PoolerOptions(PoolMode Mode, bool ResetAlways, int ServerConnections, int Clients)
{
    /// <summary>For the metrics, for example "transaction pooling with server_reset_query_always=1".</summary>
    public string Name =>
        $"{Mode.ToString().ToLowerInvariant()} pooling{(ResetAlways ? " with server_reset_query_always=1" : "")}";
}

/// <summary>A PgBouncer of a scenario, in front of one database.</summary>
public interface IPooler : IAsyncDisposable
{
    /// <summary>How it pools.</summary>
    PoolerOptions Options { get; }

    /// <summary>The connection string of the database through the pooler. Holds a password: never print it.</summary>
    string ConnectionString { get; }

    /// <summary>All that it has logged so far, also after its end.</summary>
    string Log { get; }

    /// <summary>Whether <see cref="KillAsync"/> is the suite's to call.</summary>
    bool CanKill => true;

    /// <summary>Kills it with SIGKILL: it says good-bye neither to its clients nor to the server.</summary>
    Task KillAsync();
}

using Specs.Support.Model;

namespace Specs.Support.Hosts;

/// <summary>A PostgreSQL server of a run. Knows nothing of TVIEWs.</summary>
public interface IPostgresHost : IAsyncDisposable
{
    /// <summary>For the banner, for example "local (127.0.0.1:35001)".</summary>
    string Name { get; }

    /// <summary>The connection string of the maintenance database. Holds a password: never print it.</summary>
    string Admin { get; }

    /// <summary>What to do where the server does not answer, as the second half of a sentence.</summary>
    string WhenSilent => "look into the end of its log";

    /// <summary>Whether its files are in memory.</summary>
    bool IsInMemory => false;

    /// <summary>Whether <see cref="KillAsync"/> and <see cref="StartAsync"/> are the suite's to call.</summary>
    bool CanRestart { get; }

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="Configuration.UserError">It could not be started.</exception>
    Task StartAsync();

    /// <summary>Stops the server in order.</summary>
    Task StopAsync();

    /// <summary>Kills every process of the server with SIGKILL, as a crash of the machine would.</summary>
    Task KillAsync();

    /// <summary>Sends a signal to one process of the server.</summary>
    /// <param name="id">Its id, as the server tells it.</param>
    /// <param name="signal">KILL, as the kernel does where memory ends, or STOP.</param>
    Task SignalAsync(int id, string signal);

    /// <summary>Why there can be no standby here; null where there can.</summary>
    Unsupported? UnsupportedStandby { get; }

    /// <summary>
    /// Makes a standby of the server by pg_basebackup, which streams from it under the name <see
    /// cref="ServerSettings.Standby"/>, and starts it. It goes with its <see cref="IAsyncDisposable.DisposeAsync"/>.
    /// </summary>
    /// <exception cref="Configuration.UserError">It could not be made or started.</exception>
    Task<IPostgresHost> StartStandbyAsync();

    /// <summary>Makes a small file system on the server's machine.</summary>
    /// <returns>It; null where the machine does not let the suite mount one.</returns>
    Task<SmallDisk?> MakeSmallDiskAsync();

    /// <summary>Which pooler stands before the server, for the banner; null where that goes without saying.</summary>
    string? PoolerName => null;

    /// <summary>Whether there can be a pooler here that pools in this way.</summary>
    /// <param name="wanted">How it should pool.</param>
    Unsupported? UnsupportedPooling(PoolerOptions wanted);

    /// <summary>Starts a PgBouncer in front of one database and waits until it answers.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="options">How it pools.</param>
    /// <exception cref="Configuration.UserError">It could not be started.</exception>
    Task<IPooler> StartPoolerAsync(string database, PoolerOptions options);

    /// <summary>How long the server's log is now, in bytes; 0 where it cannot be read.</summary>
    long LogLength { get; }

    /// <summary>The server's log from a position on; null where it cannot be read.</summary>
    /// <param name="from">A former <see cref="LogLength"/>.</param>
    string? ReadLog(long from);
}

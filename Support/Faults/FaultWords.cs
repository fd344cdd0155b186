using Specs.Support.Hosts;
using Specs.Support.Workloads;

namespace Specs.Support.Faults;

/// <summary>What can go wrong while sessions work, by the words with which features say it.</summary>
public static class FaultWords
{
    /// <summary>All of them.</summary>
    /// <param name="server">The server, for what makes it crash.</param>
    /// <param name="disk">The disk of the scenario's database, for what fills it; null where it has none.</param>
    public static Vocabulary<Func<IFault>> Of(CrashingServer server, SmallDisk? disk = null) =>
        new(
            "fault injection",
            "When every 100 ms …, 20 times, while each session …",
            [
                new("a random session's backend is terminated", BackendTerminated.Sql,
                    () => new BackendTerminated(false)),
                new("a session's backend is terminated inside its flush", BackendTerminated.Sql,
                    () => new BackendTerminated(true)),
                new("a random session's statement is cancelled", StatementCancelled.Sql,
                    () => new StatementCancelled(false)),
                new("a session's commit is cancelled inside its flush", StatementCancelled.Sql,
                    () => new StatementCancelled(true)),
                new("a client cancels its own commit inside its flush", "(the protocol's CancelRequest)",
                    () => new ClientCancels()),
                new("a session's statement_timeout passes inside its flush", TimeoutInFlush.Sql("statement_timeout"),
                    () => new TimeoutInFlush("statement_timeout", "57014")),
                new("a session's lock_timeout passes inside its flush", TimeoutInFlush.Sql("lock_timeout"),
                    () => new TimeoutInFlush("lock_timeout", "55P03")),
                new("a session is idle in its transaction for too long", IdleInTransaction.Sql,
                    () => new IdleInTransaction()),
                new("the server is killed and started again", ServerKilled.Sql, () => new ServerKilled(server)),
                new("the primary is killed", PrimaryKilled.Sql, () => new PrimaryKilled(server)),
                new("the disk is full for a while", DiskFull.Sql, () => new DiskFull(disk)),
                new("a random session's backend is killed", BackendKilled.Sql, () => new BackendKilled(server)),
            ]
        );
}

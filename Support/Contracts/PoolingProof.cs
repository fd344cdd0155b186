using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>Pool-safe: nothing of a client's transaction reaches the next client of its server connection.</summary>
public static class PoolingProof
{
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(20);

    /// <summary>Whether two clients really had one server connection; otherwise nothing else is proved.</summary>
    /// <param name="first">The client before.</param>
    /// <param name="next">The client after.</param>
    public static CheckResult SameConnection(BackendObservation first, BackendObservation next)
    {
        var claim = $"client {next.Client} got the server connection of client {first.Client}";
        return (first.Process, first.Started) == (next.Process, next.Started)
            ? CheckResult.From(claim, [])
            : CheckResult.Unknown(
                claim,
                $"client {first.Client} had {first.Server}, client {next.Client} {next.Server}, "
                    + "so this run proves nothing about what one leaves to the other"
            );
    }

    /// <summary>Whether the pooler, or the first client itself, reset the session as the scenario says.</summary>
    /// <param name="first">The client before, which had SET its name.</param>
    /// <param name="next">The client after.</param>
    /// <param name="reset">What the scenario says.</param>
    public static CheckResult Reset(BackendObservation first, BackendObservation next, bool reset)
    {
        var claim =
            $"the session was {(reset ? "" : "not ")}reset between client {first.Client} and client {next.Client}";
        return next.Mark == (reset ? null : first.Client)
            ? CheckResult.From(claim, [])
            : CheckResult.Unknown(
                claim,
                $"client {next.Client} saw '{next.Mark ?? "nothing"}' of what client {first.Client} had SET, "
                    + "so this run is not about what the scenario says"
            );
    }

    /// <summary>Whether a client owed nothing before it wrote anything.</summary>
    /// <param name="first">The client before: what it owed shows that the engine's figure can be believed.</param>
    /// <param name="next">The client after.</param>
    /// <param name="flush">When the engine flushes.</param>
    public static CheckResult EmptyQueue(BackendObservation first, BackendObservation next, RefreshMoment flush)
    {
        var claim = $"client {next.Client} found its refresh queue empty";
        return next.QueueFound switch
        {
            null => CheckResult.Unknown(Contract.PoolSafe, claim, "the engine does not say how long its queue is"),
            > 0 => CheckResult.From(
                Contract.PoolSafe,
                claim,
                [$"it owed {next.QueueFound} keys before it wrote anything (transaction {next.Transaction})"]
            ),
            _ when flush == RefreshMoment.Commit && first.QueueOwed is null or 0 => CheckResult.Unknown(
                Contract.PoolSafe,
                claim,
                $"the engine showed no queued key to client {first.Client} either, which had just changed rows"
            ),
            _ => CheckResult.From(Contract.PoolSafe, claim, []),
        };
    }

    /// <summary>Whether every client that committed refreshed the rows that it changed, and nobody any other.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="visits">All that wrote there.</param>
    public static async Task<CheckResult> OwnRowsAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<BackendObservation> visits
    )
    {
        const string claim = "each client refreshed the rows that it changed and no others";
        var refreshed = new List<(string Transaction, string Key)>();
        await using (
            var reader = await new NpgsqlCommand(
                $"SELECT xid::text, tview || ' ' || key FROM {RefreshLog.Table} ORDER BY number",
                connection
            ).ExecuteReaderAsync()
        )
        {
            while (await reader.ReadAsync())
            {
                refreshed.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        if (refreshed.Count == 0)
        {
            return CheckResult.Unknown(Contract.PoolSafe, claim, "no refresh was recorded");
        }

        var owed = visits.Where(v => v.Committed).SelectMany(v => Enumerable.Range(v.First, v.Last - v.First + 1)
            .Select(key => (v.Transaction, Key: $"tv_test {key}"))).ToList();
        string Who(string transaction) => visits.FirstOrDefault(v => v.Transaction == transaction) is { } visit
            ? $"client {visit.Client}" : $"transaction {transaction}, which is no client's,";
        return CheckResult.From(Contract.PoolSafe, claim,
        [
            .. refreshed.Except(owed).Select(r => $"{Who(r.Transaction)} refreshed {r.Key}, which it had not changed"),
            .. owed.Except(refreshed).Select(o => $"{Who(o.Transaction)} changed {o.Key} and did not refresh it"),
        ]);
    }

    /// <summary>Whether a client's transaction ended as the scenario says, by the server's own account.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="visit">The transaction.</param>
    /// <param name="status">"committed" or "aborted".</param>
    public static async Task<CheckResult> EndedAsync(
        NpgsqlConnection connection,
        BackendObservation visit,
        string status
    )
    {
        await using var command = new NpgsqlCommand($"SELECT pg_xact_status('{visit.Transaction}'::xid8)", connection);
        var found = await command.ExecuteScalarAsync() as string;
        return CheckResult.From(
            $"client {visit.Client}'s transaction was {status}",
            found == status
                ? []
                : [$"the server says that transaction {visit.Transaction} is {found ?? "unknown to it"}"]
        );
    }

    /// <summary>Whether the server ends the process that a client left in the middle of a transaction.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="visit">The client.</param>
    public static async Task<CheckResult> ProcessEndsAsync(NpgsqlConnection connection, BackendObservation visit)
    {
        var claim = $"the server ended the process of client {visit.Client}";
        await using var command = new NpgsqlCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE pid = {visit.Process} AND backend_start = $1", connection);
        command.Parameters.Add(new() { Value = visit.Started });
        var ended = await Poll.UntilAsync(async () => (long)(await command.ExecuteScalarAsync())! == 0, ToEnd);
        return CheckResult.From(claim, ended ? [] : [$"{visit.Server} still ran after {ToEnd.TotalSeconds:0} s"]);
    }

    /// <summary>Whether a TVIEW shows the rows that a client wrote: all of them, or none.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="visit">The client.</param>
    /// <param name="shown">Whether they should be there.</param>
    public static async Task<CheckResult> ShownAsync(NpgsqlConnection connection, BackendObservation visit, bool shown)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT count(*) FROM tv_test WHERE {Tview.Data} = '{visit.Text}'",
            connection
        );
        var found = (long)(await command.ExecuteScalarAsync())!;
        var expected = shown ? visit.Last - visit.First + 1 : 0;
        return CheckResult.From($"tv_test shows {(shown ? "what" : "nothing of what")} client {visit.Client} wrote",
            found == expected ? [] : [$"it shows {found} rows {visit.Text}, not {expected}"]);
    }

    /// <summary>Whether the sessions of a load really shared server connections.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="most">How many the pooler may have.</param>
    public static async Task<CheckResult> SharedAsync(NpgsqlConnection connection, int most)
    {
        // Each refresh was recorded by the server process that did it, in the transaction of the session that caused
        // it.
        var claim = $"the sessions shared {most} server connections";
        await using var command = new NpgsqlCommand(
            $"SELECT count(DISTINCT backend) FROM {RefreshLog.Table}",
            connection
        );
        var found = (long)(await command.ExecuteScalarAsync())!;
        return found < 2
            ? CheckResult.Unknown(
                claim,
                $"refreshes came over {found} server connections only, so nothing ran at the same time"
            )
            : CheckResult.From(claim, found <= most ? [] : [$"refreshes came over {found} server connections"]);
    }
}

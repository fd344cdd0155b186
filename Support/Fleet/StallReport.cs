using System.Text;
using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Fleet;

/// <summary>Sessions did not finish within their limit. The message holds what the server was doing then.</summary>
/// <param name="limit">The limit that passed.</param>
/// <param name="dump">Sessions, their waits and whom they wait for.</param>
/// <param name="history">What they had done until then; null where that is not known.</param>
public sealed class StalledException(TimeSpan limit, string dump, History? history = null) : Exception(
    $"{Contract.Live}: FAIL\n{FindingOf(limit, dump, history)}")
{
    /// <summary>What was found, in words.</summary>
    public string Finding { get; } = FindingOf(limit, dump, history);

    // Sessions that fail all the time do not finish either, and then it is their errors that tell why.
    private static string FindingOf(TimeSpan limit, string dump, History? history) =>
        $"The sessions did not finish within {limit.TotalSeconds:0} s. "
        + (history is null ? "" : $"Until then: {string.Join(", ", history.Work
            .GroupBy(o => (o.Outcome, o.SqlState))
            .Select(g => $"{g.Count()} {g.Key.Outcome.ToString().ToLowerInvariant()} {g.Key.SqlState}".TrimEnd())
            .DefaultIfEmpty("no transaction ended"))}. ")
        + $"At that moment the server's sessions were:\n{dump}";
}

/// <summary>Looks at the sessions of a database that seem to hang, and ends them.</summary>
internal static class StallReport
{
    private const string Activity = """
        SELECT format('pid %s, %s, %s since %s s, waits for %s, blocked by %s: %s', a.pid, application_name, state,
                      round(extract(epoch FROM clock_timestamp() - coalesce(query_start, backend_start))),
                      coalesce(wait_event_type || '/' || wait_event, 'nothing'),
                      coalesce(nullif(array_to_string(pg_blocking_pids(a.pid), ', '), ''), 'nobody'), left(query, 200))
        FROM pg_stat_activity a
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
        UNION ALL
        SELECT format('lock %s %s on %s, %s, pid %s', l.locktype, mode,
                      coalesce(relation::regclass::text, classid || '/' || objid, transactionid::text, virtualxid),
                      CASE WHEN granted THEN 'granted' ELSE 'waits' END, coalesce(pid::text, 'none (prepared)'))
        FROM pg_locks l
        WHERE NOT granted OR pid = ANY(SELECT unnest(pg_blocking_pids(w.pid)) FROM pg_locks w WHERE NOT w.granted)
        LIMIT 200
        """;

    internal static async Task<string> TakeAsync(Route route)
    {
        await using var connection = new NpgsqlConnection(route.Admin);
        await Recovery.OpenAsync(connection);       // the server may be down just now, because it is made to
        return await TakeAsync(connection);
    }

    internal static async Task<string> TakeAsync(NpgsqlConnection connection)
    {
        var text = new StringBuilder();
        await using var reader = await new NpgsqlCommand(Activity, connection).ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            text.Append("  ").AppendLine(reader.GetString(0));
        }

        return text.ToString();
    }

    internal static async Task TerminateAsync(Route route)
    {
        await using var connection = new NpgsqlConnection(route.Admin);
        await Recovery.OpenAsync(connection);
        // The sessions only: whoever started them needs connections of his own to clean up.
        await new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND starts_with(application_name, datname || ' session ')",
            connection).ExecuteNonQueryAsync();
    }
}

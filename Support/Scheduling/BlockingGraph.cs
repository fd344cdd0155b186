using Npgsql;

namespace Specs.Support.Scheduling;

/// <summary>What a session waits for.</summary>
/// <param name="For">The sessions, by the names in their comments.</param>
/// <param name="Lock">The kind of lock, as pg_stat_activity.wait_event tells it.</param>
internal sealed record Wait(IReadOnlyList<string> For, string Lock);

/// <summary>
/// Who waits for whom in one database, by pg_blocking_pids: asked, never guessed from how long a step takes. Sessions
/// are told by a comment before each of their statements: a pooler lends them one process after the other, and DISCARD
/// ALL takes their application names away.
/// </summary>
/// <param name="connection">A direct connection to the database, the explorer's own.</param>
internal sealed class BlockingGraph(NpgsqlConnection connection)
{
    private const string Ask = """
        SELECT pid, coalesce(substring(query FROM '/\* (session [A-Z]) \*/'), application_name), state = 'active',
            CASE WHEN state = 'active' AND wait_event_type = 'Lock' THEN pg_blocking_pids(pid) ELSE '{}' END,
            wait_event
        FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        """;

    /// <summary>
    /// Whether each of some sessions waits for somebody who does nothing by himself: a session between two steps, a
    /// prepared transaction, the explorer. Who waits in a circle does not: the server will end that.
    /// </summary>
    /// <param name="names">The sessions with a step under way, by the names in their comments.</param>
    /// <returns>Those that wait with whom they wait for; null where some still work.</returns>
    public async Task<IReadOnlyDictionary<string, Wait>?> SettledAsync(
        IReadOnlyCollection<string> names
    )
    {
        var processes = new Dictionary<int, (string Name, bool Active, int[] Blockers, string? Lock)>();
        await using (var command = new NpgsqlCommand(Ask, connection))
        await using (var reader = await PreparedAsync(command))
        {
            while (await reader.ReadAsync())
            {
                processes.Add(
                    reader.GetInt32(0),
                    (reader.GetString(1), !reader.IsDBNull(2) && reader.GetBoolean(2), reader.GetFieldValue<int[]>(3),
                        reader.IsDBNull(4) ? null : reader.GetString(4))
                );
            }
        }

        var working = processes.Where(p => p.Value.Active && names.Contains(p.Value.Name)).ToDictionary();
        return working.Count == names.Count && working.Keys.All(pid => Rests(pid, working, processes, []))
            ? working.Values.ToDictionary(
                w => w.Name,
                w => new Wait([.. w.Blockers.Distinct().Select(b => NameOf(b, processes))], w.Lock ?? "")
            )
            : null;
    }

    // It is prepared once on a connection, however often it is asked.
    private static async Task<NpgsqlDataReader> PreparedAsync(NpgsqlCommand command)
    {
        await command.PrepareAsync();
        return await command.ExecuteReaderAsync();
    }

    // A process of nobody here, such as autovacuum's, goes away by itself: who waits for it does not rest.
    private bool Rests(int pid, Dictionary<int, (string Name, bool Active, int[] Blockers, string? Lock)> working,
        Dictionary<int, (string Name, bool Active, int[] Blockers, string? Lock)> processes, HashSet<int> above) =>
        pid == 0 || pid == connection.ProcessID || (working.TryGetValue(pid, out var process)
            ? process.Blockers.Length > 0 && !above.Contains(pid)
                && process.Blockers.All(b => Rests(b, working, processes, [.. above, pid]))
            : processes.ContainsKey(pid) && above.Count > 0);

    private string NameOf(
        int pid,
        Dictionary<int, (string Name, bool Active, int[] Blockers, string? Lock)> processes
    ) =>
        pid == 0 ? "a prepared transaction" : pid == connection.ProcessID ? Explorer : processes[pid].Name;

    /// <summary>A session's statement, with the comment by which it is told.</summary>
    internal static string Signed(string session, string sql) =>
        // Npgsql wants COPY to come first.
        sql.StartsWith("COPY", StringComparison.Ordinal)
            ? $"{sql} /* {NameOf(session)} */"
            : $"/* {NameOf(session)} */ {sql}";

    /// <summary>What a session is called.</summary>
    internal static string NameOf(string letter) => $"session {letter}";

    /// <summary>What the explorer itself is called among those who are waited for.</summary>
    public const string Explorer = "the injection point";
}

using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Contracts;

/// <summary>No deadlock, by all three sources: the server's counter, the sessions' errors, the server's log.</summary>
public static class Deadlocks
{
    /// <summary>Asks all three.</summary>
    /// <param name="connection">An open connection to the scenario's own database, whose sessions are closed.</param>
    /// <param name="loads">What ran there.</param>
    /// <param name="log">The scenario's slice of the server's log; null where it cannot be read.</param>
    public static async Task<CheckResult> CheckAsync(NpgsqlConnection connection, IEnumerable<LoadResult> loads, string? log)
    {
        var findings = new List<string>();
        await using var command = new NpgsqlCommand(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", connection);
        if (await command.ExecuteScalarAsync() is long counted and > 0)
        {
            findings.Add($"the server counted {counted} in pg_stat_database");
        }

        findings.AddRange(loads.SelectMany(l => l.History.Operations).Where(o => o.SqlState == "40P01")
            .Select(o => $"session {o.Session} got 40P01 at its {o.Kind}, attempt {o.Attempt}"));
        findings.AddRange(Evidence(log ?? "", connection.Database));
        return CheckResult.From("Contract 8 (live): no deadlock", findings);
    }

    /// <summary>
    /// No deadlock in which the engine had a part. Users can deadlock on base rows by themselves; wherever a lock of the
    /// engine stands in the graph, the engine could have avoided it.
    /// </summary>
    /// <param name="log">The scenario's slice of the server's log; null where it cannot be read.</param>
    /// <param name="database">The scenario's database.</param>
    public static CheckResult CheckEngine(string? log, string database)
    {
        const string contract = "Contract 8 (live): no deadlock in which a lock of the engine has a part";
        return log is null ? CheckResult.Unknown(contract, "the server's log cannot be read")
            : CheckResult.From(contract, [.. Evidence(log, database).Where(e => e.Contains("on advisory lock", StringComparison.Ordinal))]);
    }

    // "ERROR: deadlock detected" with its DETAIL (who waits for whom) and the statements in it.
    private static IEnumerable<string> Evidence(string log, string database)
    {
        var lines = log.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains("deadlock detected", StringComparison.Ordinal) && lines[i].Contains($"db={database},", StringComparison.Ordinal))
            {
                yield return "log: " + string.Join("\n    ", lines.Skip(i).Take(8).Select(l => l.Trim()));
            }
        }
    }
}

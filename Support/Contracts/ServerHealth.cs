using Npgsql;

namespace Specs.Support.Contracts;

/// <summary>Contract 6: the server is still the same process and none of its processes crashed.</summary>
public static class ServerHealth
{
    /// <summary>The claim, as reports show it.</summary>
    public const string Contract = "Contract 6: the server never restarted or crashed";

    /// <summary>When the server's main process started.</summary>
    public static async Task<DateTime> StartTimeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_postmaster_start_time()", connection);
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Compares the process and reads the log.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="before">When the process had started, as the scenario began.</param>
    /// <param name="log">The scenario's slice of the server's log; null where it cannot be read.</param>
    public static async Task<CheckResult> CheckAsync(NpgsqlConnection connection, DateTime before, string? log)
    {
        var findings = (log ?? "").Split('\n').Where(l =>
            l.Contains("PANIC:", StringComparison.Ordinal) || l.Contains("was terminated by signal", StringComparison.Ordinal))
            .Select(l => "log: " + l.Trim()).ToList();
        var now = await StartTimeAsync(connection);
        if (now != before)
        {
            findings.Add($"the server restarted: it had started at {before:O}, now at {now:O}");
        }

        return CheckResult.From(Contract, findings);
    }
}

using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>The server survives: it is still the same process and none of its processes crashed.</summary>
public sealed class ServerHealth : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.ServerSurvives;

    /// <inheritdoc/>
    public string Claim => "the server never restarted or crashed";

    /// <summary>When the server's main process started.</summary>
    public static async Task<DateTime> StartTimeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_postmaster_start_time()", connection);
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var findings = (evidence.ServerLog ?? "")
            .Split('\n')
            .Where(l =>
                l.Contains("PANIC:", StringComparison.Ordinal)
                || l.Contains("was terminated by signal", StringComparison.Ordinal)
            )
            .Select(l => "log: " + l.Trim())
            .ToList();
        var now = await StartTimeAsync(evidence.Connection);
        if (now != evidence.ServerStart)
        {
            findings.Add($"the server restarted: it had started at {evidence.ServerStart:O}, now at {now:O}");
        }

        return CheckResult.From(this, findings);
    }
}

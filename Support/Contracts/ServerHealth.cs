using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>The server survives: it is still the same process and none of its processes crashed.</summary>
public sealed class ServerHealth : IChecker
{
    /// <summary>SQL aggregate over pg_stat_activity: when the server's processes started.</summary>
    internal const string Start =
        "coalesce(max(backend_start) FILTER (WHERE backend_type = 'checkpointer'), pg_postmaster_start_time())";

    /// <inheritdoc/>
    public Contract Contract => Contract.ServerSurvives;

    /// <inheritdoc/>
    public string Claim => "the server never restarted or crashed";

    /// <summary>
    /// When the server's processes started. After one of them has crashed all start anew, except for the main one; the
    /// checkpointer has the time of that.
    /// </summary>
    public static async Task<DateTime> StartTimeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT {Start} FROM pg_stat_activity", connection);
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) =>
        CheckAsync(evidence.Connection, evidence.ServerStart, evidence.ServerLog);

    /// <summary>The same where nothing else is known of the work.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="start">When the server's processes had started, before the work.</param>
    /// <param name="log">The server's log of the work; null where it cannot be read.</param>
    public static async Task<CheckResult> CheckAsync(NpgsqlConnection connection, DateTime start, string? log)
    {
        var checker = new ServerHealth();
        var findings = (log ?? "")
            .Split('\n')
            .Where(l =>
                l.Contains("PANIC:", StringComparison.Ordinal)
                || l.Contains("was terminated by signal", StringComparison.Ordinal)
            )
            .Select(l => "log: " + l.Trim())
            .ToList();
        var now = await StartTimeAsync(connection);
        if (now != start)
        {
            findings.Add($"the server restarted: it had started at {start:O}, now at {now:O}");
        }

        return CheckResult.From(checker, findings);
    }
}

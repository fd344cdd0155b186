using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Live: no deadlock, by all three sources: the server's counter, the sessions' errors, the server's log.
/// </summary>
public sealed class NoDeadlock : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "no deadlock";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.UsersMayDeadlock ? "these transactions can deadlock without any TVIEW" : null;

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var findings = new List<string>();
        await using var command = new NpgsqlCommand(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", evidence.Connection);
        if (await command.ExecuteScalarAsync() is long counted and > 0)
        {
            findings.Add($"the server counted {counted} in pg_stat_database");
        }

        findings.AddRange(evidence.History.Where(o => o.SqlState == PostgresErrorCodes.DeadlockDetected)
            .Select(o => $"session {o.Session} got 40P01 at its {o.Kind}, attempt {o.Attempt}"));
        findings.AddRange(InLog(evidence.ServerLog ?? "", evidence.Connection.Database));
        return CheckResult.From(this, findings);
    }

    // "ERROR: deadlock detected" with its DETAIL (who waits for whom) and the statements in it.
    internal static IEnumerable<string> InLog(string log, string database)
    {
        var lines = log.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains("deadlock detected", StringComparison.Ordinal)
                && lines[i].Contains($"db={database},", StringComparison.Ordinal))
            {
                yield return "log: " + string.Join("\n    ", lines.Skip(i).Take(8).Select(l => l.Trim()));
            }
        }
    }
}

/// <summary>
/// Live, where users can deadlock on base rows by themselves: wherever a lock of the engine stands in the graph, the
/// engine could have avoided it.
/// </summary>
public sealed class NoEngineDeadlock : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Live;

    /// <inheritdoc/>
    public string Claim => "no deadlock in which a lock of the engine has a part";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) => evidence.UsersMayDeadlock ? null : "here any deadlock counts";

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) => Task.FromResult(
        evidence.ServerLog is { } log
            ? CheckResult.From(this, [.. NoDeadlock.InLog(log, evidence.Connection.Database)
                .Where(e => evidence.Engine.Profile.LockNames.Any(l => e.Contains(l, StringComparison.Ordinal)))])
            // Without a log nobody knows whose deadlock it was; but where no operation got the error, there was none.
            : evidence.History.Any() && evidence.History.All(o => o.SqlState != PostgresErrorCodes.DeadlockDetected)
                ? CheckResult.From(this, [])
                : CheckResult.Unknown(this, "the server's log cannot be read"));
}

using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// Converges: once quiet, after one more refresh, every TVIEW equals its defining query. It refreshes, so checkers that
/// look for what stays queued come after it.
/// </summary>
public sealed class Convergence : IChecker
{
    internal const string Instead = "the engine refreshes later, so 'converges' is judged instead";

    /// <inheritdoc/>
    public Contract Contract => Contract.Converges;

    /// <inheritdoc/>
    public string Claim => "once quiet, every TVIEW equals its defining query";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.Engine.Profile.IsImmediate ? "the engine refreshes at once, so 'exact' is judged instead" : null;

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var failure = await CatchUpAsync(evidence.Connection, evidence.Engine, evidence.Limit);
        return failure is null
            ? await new Equivalence(Contract).CheckAsync(evidence) with { Claim = Claim }
            : CheckResult.From(this, [failure]);
    }

    /// <summary>Refreshes once more or, where the engine has a worker of its own, waits until that is done.</summary>
    /// <param name="connection">An open connection to the database, whose sessions are at rest.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="limit">How long that may take.</param>
    /// <returns>Why it could not be done; null where it was.</returns>
    public static async Task<string?> CatchUpAsync(NpgsqlConnection connection, TviewEngine engine, TimeSpan limit)
    {
        try
        {
            if (engine.RefreshSql is { } refresh)
            {
                await using var command = new NpgsqlCommand(refresh, connection)
                {
                    CommandTimeout = (int)limit.TotalSeconds,
                };
                await command.ExecuteNonQueryAsync();
            }

            if (engine.CaughtUpSql is { } sql)
            {
                await using var question = new NpgsqlCommand(sql, connection);
                if (!await Poll.UntilAsync(async () => await question.ExecuteScalarAsync() is true, limit))
                {
                    return $"caught-up.sql has not said true for {limit.TotalSeconds:0} s, with nobody at work";
                }
            }

            return null;
        }
        catch (PostgresException e)
        {
            await new NpgsqlCommand("ROLLBACK", connection).ExecuteNonQueryAsync();     // it may have begun a block
            return $"the refresh fails with {e.SqlState}: {e.MessageText}";
        }
    }
}

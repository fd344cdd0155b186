using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>
/// What must hold when connections break in the middle of a load: nothing is lost, nothing half done.
/// </summary>
public static class ConnectionLoss
{
    /// <summary>How many transactions of the database have written something and not ended.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    public static async Task<long> CountUnderWayAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Whether there was anything to lose.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="lostAt">When the connections broke, in ticks of Stopwatch; 0 where they did not.</param>
    /// <param name="onServer">How many transactions were under way on the server just before.</param>
    public static CheckResult UnderWay(LoadResult load, long lostAt, long onServer)
    {
        const string claim = "several transactions were under way when the connections broke";
        var caught = load.History.Work.Count(o =>
            o.Outcome == Outcome.Indeterminate && o.Start < lostAt && lostAt < o.End
        );
        return lostAt == 0 ? CheckResult.Unknown(claim, "they never broke: the load ended before")
            : onServer < 2 || caught < 2 ? CheckResult.Unknown(claim,
                $"only {onServer} were on the server and {caught} sessions waited for an answer, so there was hardly "
                    + "anything to lose")
            : CheckResult.From(claim, []);
    }

    /// <summary>
    /// Whether every session was told that its connection is gone: by a broken connection, by SQLSTATE class 08 or by
    /// 57P01. (Whatever is no error of the database driver is not recorded at all: it fails the load itself.)
    /// </summary>
    /// <param name="load">What ran.</param>
    public static CheckResult CleanErrors(LoadResult load)
    {
        const string claim = "a client that loses its connection gets a clean error";
        var ends = load.History.Work.Where(o => o.Outcome != Outcome.Ok).ToList();
        if (ends.Count == 0)
        {
            return CheckResult.Unknown(claim, "no session got any error");
        }

        var unclean = ends.Where(o => o.Outcome != Outcome.Indeterminate || !IsLoss(o, ["57P01"]))
            .Select(o => $"session {o.Session} got {o.SqlState}: {o.Message}");
        var silent = load
            .Asked.Select(
                (asked, i) => (Session: i + 1, Asked: asked, Done: load.History.Work.Count(o => o.Session == i + 1))
            )
            .Where(s => s.Done < s.Asked && !ends.Exists(o => o.Session == s.Session))
            .Select(s => $"session {s.Session} stopped after {s.Done} of {s.Asked} transactions and got no error");
        return CheckResult.From(claim, [.. unclean, .. silent]);
    }

    /// <summary>Whether something that was confirmed is lost: without that, nothing is proved of a loss.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="found">How many rows hold each token.</param>
    public static CheckResult SomeLost(LoadResult load, IReadOnlyDictionary<string, long> found)
    {
        const string claim = "some of what was committed is lost";
        return load.History.Work.GroupBy(o => o.Session)
            .SelectMany(s => s.Select((o, i) => (o.Session, Iteration: i + 1, o.Outcome)))
            .Any(o => o.Outcome == Outcome.Ok && !found.ContainsKey(Workloads.Tokens.Of(o.Session, o.Iteration)))
            ? CheckResult.From(claim, [])
            : CheckResult.Unknown(claim, "all of it is there");
    }

    /// <summary>Whether an operation ended by a broken connection, or by an error that was declared.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="declared">The SQLSTATEs that say what happened.</param>
    internal static bool IsLoss(Operation operation, IReadOnlyCollection<string> declared) =>
        operation.SqlState is { } state
            ? declared.Contains(state) || state.StartsWith("08", StringComparison.Ordinal)
            : operation.Outcome == Outcome.Indeterminate;

    /// <summary>
    /// Whether every transaction that was confirmed wrote its token twice, none that failed did, and none whose end its
    /// client never learnt did so by half.
    /// </summary>
    /// <param name="load">What ran; no transaction was tried again.</param>
    /// <param name="found">How many rows hold each token.</param>
    /// <param name="shown">How many rows of the TVIEW do; null where nobody has looked.</param>
    /// <param name="mayLose">Whether what was confirmed may be lost, as a whole: by an asynchronous standby.</param>
    public static CheckResult Tokens(
        LoadResult load,
        IReadOnlyDictionary<string, long> found,
        IReadOnlyDictionary<string, long>? shown = null,
        bool mayLose = false
    )
    {
        var claim = mayLose
            ? "nothing is half done, and what was refused is not there"
            : "nothing that was committed is lost, and nothing is half done";
        var left = new Dictionary<string, long>(found);
        var findings = new List<string>();
        foreach (
            var operation in load
                .History.Work.GroupBy(o => o.Session)
                .SelectMany(s => s.Select((o, i) => (o.Session, Iteration: i + 1, o.Outcome)))
        )
        {
            var token = Workloads.Tokens.Of(operation.Session, operation.Iteration);
            left.Remove(token, out var rows);
            if (
                !(
                    operation.Outcome switch
                    {
                        Outcome.Ok => rows == 2 || mayLose && rows == 0,
                        Outcome.Failed => rows == 0,
                        _ => rows is 0 or 2,
                    }
                )
            )
            {
                findings.Add($"{token} stands in {rows} rows, and its transaction was "
                    + $"{operation.Outcome.ToString().ToLowerInvariant()}");
            }
        }

        findings.AddRange((shown is null ? [] : found.Keys.Union(shown.Keys))
            .Select(t => (Token: t, Rows: found.GetValueOrDefault(t), Shown: shown!.GetValueOrDefault(t)))
            .Where(t => t.Rows != t.Shown)
            .Select(t => $"{t.Token} stands in {t.Rows} rows, and in {t.Shown} of the TVIEW"));
        findings.AddRange(left.Select(t => $"{t.Key} stands in {t.Value} rows, and no session ever wrote it"));
        return load.History.Work.Any(o => o.Outcome == Outcome.Ok) ? CheckResult.From(Contract.Durable, claim, findings)
            : CheckResult.Unknown(Contract.Durable, claim, "no transaction was confirmed");
    }
}

using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>
/// One statement that tells, in one snapshot, whether the checkers would find anything in a small database at rest:
/// after thousands of permutations that is what takes the time. Whatever it does not find to be right, the checkers
/// judge.
/// </summary>
public sealed class QuickLook
{
    /// <summary>SQL condition of pg_stat_activity: a session of the database that is at work, or in a transaction.
    /// </summary>
    internal const string Busy = "datname = current_database() AND state <> 'idle' "
        + "AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private const string DataException = "22";

    private readonly string _sql;

    /// <summary>Makes the statement.</summary>
    /// <param name="engine">The engine under test.</param>
    /// <param name="schema">The TVIEWs; all of them are there.</param>
    /// <param name="everything">Whether it looks for what stays until somebody looks for it as well: advisory locks
    /// and orphans. That takes longer than all the rest.</param>
    /// <param name="goOn">SQL expression, a boolean: what to do in the same statement where everything is right; null
    /// for nothing.</param>
    public QuickLook(TviewEngine engine, Schema schema, bool everything = true, string? goOn = null)
    {
        var profile = engine.Profile;
        var views = schema
            .Tviews.Select(t => (Tview: t, View: engine.BackingView(t.Name)))
            .Where(t => t.View is not null);
        var differences = schema
            .Tviews.Select(Audit.DifferenceSql)
            .Concat(views.Select(t => Audit.DifferenceSql(t.Tview with { Query = $"TABLE {t.View}" })));
        // What the engine does not promise is not asked.
        var once = RefreshLog.WhyNot(profile, p => p.Once) is null ? None(RefreshedOnce.SqlOf(profile)) : "true";
        var pairs = RefreshLog.WhyNot(profile, p => p.Ordered) is null ? RefreshedInOrder.PairsOf(schema) : [];
        var orders = pairs.Select(p => RefreshedInOrder.SqlOf(profile, p.Upper, p.Lower))
            .DefaultIfEmpty("SELECT NULL::xid8 AS xid, 0 AS first, 0 AS last WHERE false");
        var residue = everything ? Residue.SqlOf(engine) : Residue.OftenSqlOf(engine);
        _sql = $"""
            SELECT l.*, CASE WHEN l.fine THEN {goOn ?? "false"} END
            FROM (
                SELECT s.idle AND o.wrong = 0 AND {once} AND {None(residue)}
                        AND {string.Join(" AND ", differences.Select(None).DefaultIfEmpty("true"))} AS fine,
                    (SELECT count(*) FROM {RefreshLog.Table}), o.kept, s.start
                FROM (SELECT count(*) AS kept, count(*) FILTER (WHERE first < last) AS wrong
                    FROM ({string.Join(" UNION ALL ", orders)}) f) o,
                    (SELECT {ServerHealth.Start} AS start, count(*) FILTER (WHERE {Busy}) = 0 AS idle
                    FROM pg_stat_activity) s
                OFFSET 0
            ) l
            """;
    }

    /// <summary>Looks once.</summary>
    /// <param name="evidence">What is known of the work, over whose connection it looks.</param>
    /// <returns>What the checkers would say; null where something is not right, and they have to say it. And whether it
    /// did what there is to do where everything is right.</returns>
    public async Task<(Judgement? Judgement, bool WentOn)> JudgeAsync(Evidence evidence)
    {
        bool fine, wentOn;
        long refreshes, both;
        DateTime start;
        await using (var command = new NpgsqlCommand(_sql, evidence.Connection))
        {
            try
            {
                await command.PrepareAsync();   // once on a connection, however often it looks
                await using var reader = await command.ExecuteReaderAsync();
                await reader.ReadAsync();
                (fine, refreshes, both) = (reader.GetBoolean(0), reader.GetInt64(1), reader.GetInt64(2));
                (start, wentOn) = (reader.GetDateTime(3), fine && reader.GetBoolean(4));
            }
            catch (PostgresException e)
                when (e.SqlState == PostgresErrorCodes.UndefinedTable
                    || e.SqlState.StartsWith(DataException, StringComparison.Ordinal))
            {
                return (null, false);    // a TVIEW is not there, or its query fails
            }
        }

        if (!fine || start != evidence.ServerStart)
        {
            return (null, wentOn);
        }

        var results = new List<CheckResult>();
        var notJudged = new List<(IChecker, string)>();
        foreach (var checker in Checkers.All)
        {
            if (checker.WhyNot(evidence) is { } why)
            {
                notJudged.Add((checker, why));
                continue;
            }

            results.Add(checker switch
            {
                RefreshedOnce when refreshes == 0 => CheckResult.Unknown(checker, RefreshLog.NoRefresh),
                RefreshedInOrder when both == 0 => CheckResult.Unknown(checker, RefreshLog.NoCascade),
                Equivalence or Residue or RefreshedOnce or RefreshedInOrder or ServerHealth =>
                    CheckResult.From(checker, []),
                _ => await CheckResult.TryAsync(checker, () => checker.CheckAsync(evidence)),
            });
        }

        return (new(results, notJudged) { Refreshes = refreshes }, wentOn);
    }

    private static string None(string sql) => $"NOT EXISTS ({sql})";
}

using System.Data;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Contract 1 in every snapshot: the comparison, repeated by extra sessions while the load runs.</summary>
public static class Auditors
{
    /// <summary>SQLSTATE with which an audit ends that found a difference.</summary>
    private const string Difference = "SPECD";

    private const int MostKeys = 3;

    /// <summary>One audit of one TVIEW: fails in the server, so that the finding stands in the history.</summary>
    /// <param name="tview">The TVIEW.</param>
    /// <param name="pause">How long the auditor rests before it.</param>
    public static TransactionProfile Audit(Tview tview, TimeSpan pause = default) => new(History.Auditor, async (session, _, cancel) =>
    {
        await Task.Delay(pause, cancel);
        await session.ExecuteAsync(Equivalence.LockSql(tview), cancel);
        await session.ExecuteAsync($"""
            SELECT specs_watch.report_difference(string_agg(d.what, '; ')) FROM (
                SELECT format('{tview.Name}, {tview.Key} %s: the query gives %s, the TVIEW holds %s', row->>'{tview.Key}',
                    coalesce(string_agg(row::text, ' and ') FILTER (WHERE side = 'wanted'), 'no row'),
                    coalesce(string_agg(row::text, ' and ') FILTER (WHERE side = 'found'), 'no row')) AS what
                FROM ({Equivalence.DifferenceSql(tview)}) x GROUP BY row->>'{tview.Key}' LIMIT {MostKeys}) d
            """, cancel);
    })
    {
        Isolation = IsolationLevel.RepeatableRead,
        Retry = RetryPolicy.Retryable,      // its table locks can deadlock with a TRUNCATE, and then it saw nothing
    };

    /// <summary>The function that turns a difference into an error; made once in a database.</summary>
    public const string Install = $"""
        CREATE SCHEMA IF NOT EXISTS specs_watch;
        CREATE FUNCTION specs_watch.report_difference(what text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF what IS NOT NULL THEN
                RAISE SQLSTATE '{Difference}' USING MESSAGE = what;
            END IF;
        END $$;
        """;

    /// <summary>Judges the audits of a scenario's loads.</summary>
    public static CheckResult Check(params IReadOnlyCollection<LoadResult> loads)
    {
        const string contract = "Contract 1 (exact): every snapshot taken during the load saw the TVIEWs equal to their queries";
        var bad = loads.SelectMany(l => l.History.Audits).Where(a => a.Outcome != Outcome.Ok && !a.Retried)
            .Select(a => a.SqlState == Difference
                ? $"auditor {a.Session} saw {a.Message}"
                : $"auditor {a.Session} could not look: {a.SqlState} {a.Message}").ToList();
        return bad.Count > 0 || loads.Any(l => l.History.AuditsDuringWork() > 0)
            ? CheckResult.From(contract, bad)
            : CheckResult.Unknown(contract, "no audit began and ended while the sessions worked");
    }
}

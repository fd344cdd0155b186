using System.Data;
using System.Text.RegularExpressions;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// What auditors do: they compare a TVIEW with its defining query, in the server and in one snapshot.
/// </summary>
public static partial class Audit
{
    /// <summary>SQLSTATE with which an audit ends that found a difference.</summary>
    public const string Difference = "SPECD";

    /// <summary>The function that turns a difference into an error; made once in a database.</summary>
    public const string Install = $"""
        CREATE SCHEMA IF NOT EXISTS specs_watch;
        CREATE FUNCTION specs_watch.report_difference(what text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF what IS NOT NULL THEN
                RAISE SQLSTATE '{Difference}' USING MESSAGE = format('%s (seen at %s UTC in snapshot %s)', what,
                    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'HH24:MI:SS.US'), pg_current_snapshot());
            END IF;
        END $$;
        """;

    private const int MostKeys = 3;

    /// <summary>One audit of one TVIEW: fails in the server, so that the finding stands in the history.</summary>
    /// <param name="tview">The TVIEW.</param>
    public static TransactionProfile Of(Tview tview) =>
        new(
            History.Auditor,
            async (session, _, cancel) =>
            {
                await session.ExecuteAsync(LockSql(tview), cancel);
                await session.ExecuteAsync(
                    $"""
                    SELECT specs_watch.report_difference(string_agg(d.what, '; ')) FROM (
                        SELECT format('{tview.Name}, {tview.Key} %s: the query gives %s, the TVIEW holds %s',
                    row->>'{tview.Key}',
                            coalesce(string_agg(row::text, ' and ') FILTER (WHERE side = 'wanted'), 'no row'),
                            coalesce(string_agg(row::text, ' and ') FILTER (WHERE side = 'found'), 'no row')) AS what
                        FROM ({DifferenceSql(tview)}) x GROUP BY row->>'{tview.Key}' LIMIT {MostKeys}) d
                    """,
                    cancel
                );
            }
        )
        {
            Isolation = IsolationLevel.RepeatableRead,
            // Its table locks can deadlock with a TRUNCATE, and then it saw nothing.
            Retry = RetryPolicy.After(["40001", "40P01"]),
        };

    /// <summary>The TVIEWs' rows that differ, out of what an audit, or a comparison afterwards, says.</summary>
    internal static IReadOnlyList<(string Tview, string Key)> DifferingRows(string said) =>
        [.. Differs().Matches(said).Select(m => (m.Groups["tview"].Value, m.Groups["key"].Value)).Distinct()];

    [GeneratedRegex(@"\b(?<tview>tv_\w+)(?: as \S+ states it)?, pk_\w+ (?<key>.*?): the query gives ")]
    private static partial Regex Differs();

    // The lock comes before the snapshot: TRUNCATE is not transactional for older snapshots, and a snapshot that
    // waited for one would see the base table empty and the TVIEW full.
    internal static string LockSql(Tview tview) =>
        $"LOCK TABLE {string.Join(", ", tview.Reads.Append(tview.Name))} IN ACCESS SHARE MODE";

    internal static string DifferenceSql(Tview tview) =>
        $"""
            WITH wanted AS (SELECT {ColumnsOf(tview)} FROM ({tview.Query}) q), found AS (SELECT {ColumnsOf(
                tview
            )} FROM {tview.Name})
            SELECT 'wanted' AS side, to_jsonb(d.*) AS row FROM (TABLE wanted EXCEPT ALL TABLE found) d
            UNION ALL
            SELECT 'found', to_jsonb(d.*) FROM (TABLE found EXCEPT ALL TABLE wanted) d
            """;

    internal static string ColumnsOf(Tview tview) =>
        tview.Columns.Count == 0
            ? string.Concat(tview.Texts.Select(c => $", {c}::text AS \"{Inner(c)} as text\"").Prepend("*"))
            : string.Join(", ", tview.Columns.Select(c => $"{c}::text"));

    // A quoted name without its quotes; those within stay doubled.
    private static string Inner(string column) => column.StartsWith('"') ? column[1..^1] : column;
}

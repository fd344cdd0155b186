using System.Text.RegularExpressions;

namespace Specs.Support.Model;

/// <summary>What a defining query has that not every engine takes.</summary>
public enum QueryForm
{
    /// <summary>An inner join.</summary>
    Join,

    /// <summary>A LEFT, RIGHT or FULL JOIN.</summary>
    OuterJoin,

    /// <summary>GROUP BY.</summary>
    Aggregate,

    /// <summary>Both of them.</summary>
    OuterAggregate,

    /// <summary>HAVING.</summary>
    Having,

    /// <summary>It reads another TVIEW.</summary>
    TviewOverTview,

    /// <summary>It reads one table twice.</summary>
    SelfJoin,

    /// <summary>A SELECT within the SELECT, or WITH.</summary>
    SubQuery,

    /// <summary>A window function.</summary>
    Window,

    /// <summary>DISTINCT, LIMIT or ORDER BY.</summary>
    SomeOfAll,

    /// <summary>UNION and the like.</summary>
    SetOperation,

    /// <summary>It reads a plain view.</summary>
    View,

    /// <summary>An aggregate other than count, sum, min, max and avg.</summary>
    OtherAggregate,

    /// <summary>An aggregate within an expression.</summary>
    ExpressionOfAggregate,

    /// <summary>A function that PostgreSQL does not call immutable, such as jsonb_build_object or concat.</summary>
    MutableFunction,
}

/// <summary>Tells the forms of the queries that the suite itself writes.</summary>
public static partial class QueryForms
{
    /// <summary>The forms that a TVIEW's query has.</summary>
    /// <param name="tview">The TVIEW.</param>
    public static IReadOnlyList<QueryForm> Of(Tview tview) => tview.Forms ?? Of(tview.Query);

    /// <summary>The forms that a query has.</summary>
    /// <param name="query">A SELECT as the suite writes it: keywords in capitals, tables named tb_*, tv_*, v_*.</param>
    public static IReadOnlyList<QueryForm> Of(string query)
    {
        bool Has(string pattern) => Regex.IsMatch(query, pattern);
        var tables = Table().Matches(query).Select(m => m.Groups[1].Value).ToList();
        var (outer, grouped) = (Has(@"\b(LEFT|RIGHT|FULL) JOIN\b"), Has(@"\bGROUP BY\b|\b(count|sum|min|max|avg)\("));
        return
        [
            .. new (QueryForm Form, bool Is)[]
            {
                (QueryForm.Join, tables.Count > 1),
                (QueryForm.OuterJoin, outer),
                (QueryForm.Aggregate, grouped),
                (QueryForm.OuterAggregate, outer && grouped),
                (QueryForm.Having, Has(@"\bHAVING\b")),
                (QueryForm.TviewOverTview, tables.Exists(t => t.StartsWith("tv_", StringComparison.Ordinal))),
                (QueryForm.SelfJoin, tables.Distinct().Count() < tables.Count),
                (QueryForm.SubQuery, Has(@"\(SELECT\b|\bWITH\b|\bLATERAL\b")),
                (QueryForm.Window, Has(@"\bOVER \(")),
                (QueryForm.SomeOfAll, Has(@"\bDISTINCT\b|\bLIMIT\b")),
                (QueryForm.SetOperation, Has(@"\b(UNION|EXCEPT|INTERSECT)\b")),
                (QueryForm.View, tables.Exists(t => t.StartsWith("v_", StringComparison.Ordinal))),
                (QueryForm.MutableFunction, Has(@"\b(jsonb_build_\w+|to_jsonb|concat|format)\(")),
                (QueryForm.OtherAggregate, Has(@"\b(string_agg|array_agg|jsonb?_agg|bool_and|bool_or)\(")),
                (QueryForm.ExpressionOfAggregate,
                    Has(@"\w\((count|sum|min|max|string_agg)\(|\)::\w+ AS|jsonb_build_object\('n', (count|sum|max)")
                        && grouped),
            }.Where(f => f.Is).Select(f => f.Form),
        ];
    }

    [GeneratedRegex(@"(?:\bFROM|\bJOIN|,) \(?(t[bv]_\w+|v_\w+)")]
    private static partial Regex Table();
}

using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// What a query can read: a base table or a TVIEW. All have a key, kind, n and t, so that any of them can stand where
/// another one does.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Subject">The base table whose key that is; empty where it is none.</param>
/// <param name="Links">Its columns that name rows of base tables, with the base table of each.</param>
internal sealed record Source(string Name, string Key, string Subject, (string Column, string Subject)[] Links);

/// <summary>A source that names a row of another one.</summary>
internal sealed record Pair(Source Child, string Column, Source Parent);

/// <summary>
/// Draws defining queries. Each is deterministic: whatever depends on an order has a unique one, and a key stands once.
/// </summary>
internal sealed partial class RandomTviews(
    Random random,
    BaseTable[] tables,
    BaseTable summarized,
    Link summary,
    EngineProfile engine,
    int rows
)
{
    private readonly bool _hasData = !engine.Refuses.Contains(QueryForm.MutableFunction);

    private readonly List<Source> _sources = [.. tables.Select(t =>
        new Source(t.Name, t.Key, t.Name, [.. t.Links.Select(l => (l.Column, l.Parent.Name))]))];

    internal Tview[] Make(int count)
    {
        var tviews = new List<Tview>();
        while (tviews.Count < count)
        {
            // Named after its key: some engines want that.
            var (query, source) = Draw($"tv_v{tviews.Count + 1}");
            if (QueryForms.Of(query).Any(engine.Refuses.Contains))
            {
                continue;
            }

            // TVIEWs read base tables, and other TVIEWs as often as they can.
            if (tviews.Count == 0 || query.Contains(" tv_", StringComparison.Ordinal) || random.Chance(25))
            {
                _sources.Add(source);
                tviews.Add(
                    new(
                        source.Name,
                        source.Key,
                        query,
                        [
                            .. DefiningQuery
                                .TablesOf(query)
                                .Append(query.Contains("v_sum", StringComparison.Ordinal) ? summarized.Name : "")
                                .Where(n => n.Length > 0)
                                .Distinct()
                                .Order(),
                        ]
                    )
                    {
                        Columns = engine.AddsColumns ? ColumnsOf(source) : [],
                    }
                );
            }
        }

        return [.. tviews];
    }

    private string[] ColumnsOf(Source source) =>
        [source.Key, .. source.Links.Select(l => l.Column), "kind", "n", "t", .. _hasData ? new[] { "data" } : []];

    private (string, Source) Draw(string name)
    {
        var draw = new (int, Func<(string, Source)>)[]
        {
            (2, () => Projection(name)), (4, () => Join(name)), (4, () => Aggregate(name)), (3, () => Group(name)),
            (3, () => TwoHops(name)), (3, () => TwoHopsUp(name)), (2, () => Siblings(name)), (6, () => Whole(name)),
        };
        return draw.Pick(random)();
    }

    private (string, Source) Projection(string name)
    {
        var x = _sources.Pick(random);
        return Of(name, x, "x.kind", "x.n", "x.t", $"FROM {x.Name} x{Where("x")}");
    }

    private (string, Source) Join(string name)
    {
        var (c, column, p) = AnyPair();
        return random.Next(3) switch
        {
            0 => Of(
                name,
                c,
                "x.kind",
                "p.n",
                "x.t || p.t",
                $"FROM {c.Name} x, {p.Name} p WHERE p.{p.Key} = x.{column}{And("x")}{And("p")}"
            ),
            1 => Of(
                name,
                c,
                "x.kind",
                "p.n",
                "p.t",
                $"FROM {p.Name} p RIGHT JOIN {c.Name} x ON x.{column} = p.{p.Key}{And("p")}{Where("x")}"
            ),
            _ => Of(
                name,
                c,
                "coalesce(p.kind, 9)",
                "p.n + x.n",
                "concat(x.t, p.t)",
                $"FROM {c.Name} x {Kind()} {p.Name} p ON x.{column} = p.{p.Key}{And("p")}{Where("x")}"
            ),
        };
    }

    private (string, Source) Aggregate(string name)
    {
        var (c, column, p) = AnyPair();
        return Of(name, p, "(count(y.kind) % 5)::integer", "sum(y.n)::bigint", List("y", c),
            $"FROM {p.Name} x {Kind()} {c.Name} y ON y.{column} = x.{p.Key}{And("y")}{Where("x")} {GroupBy(p)}"
            + (random.Chance(20) ? " HAVING count(*) > 1" : ""));
    }

    private (string, Source) Group(string name)
    {
        var (c, column, p) = AnyPair();
        var numbers = ("(count(*) % 5)::integer", "sum(x.n)::bigint", List("x", c));
        return random.Next(3) switch
        {
            // Grouped by what a child names; by what the parent is; by a column that names nothing.
            0 => ($"SELECT x.{column} AS {KeyOf(name)}, {Rest(numbers)} FROM {c.Name} x WHERE x.{column} IS NOT "
                + $"NULL{And("x")} GROUP BY x.{column}",
                new(name, KeyOf(name), p.Subject, [])),
            1 => ($"SELECT x.{column} AS {KeyOf(name)}, {Rest(numbers)} "
                + $"FROM {c.Name} x JOIN {p.Name} p ON p.{p.Key} = x.{column}{Where("p")} GROUP BY x.{column}",
                new(name, KeyOf(name), p.Subject, [])),
            _ => ($"SELECT x.kind AS {KeyOf(name)}, {Rest(numbers)} FROM {c.Name} x {Kind()} {p.Name} p ON p.{p.Key} = "
                + $"x.{column} GROUP BY x.kind",
                new(name, KeyOf(name), "", [])),
        };
    }

    private (string, Source) TwoHops(string name)
    {
        var (c, column, p) = AnyPair();
        if (PairsOf(p) is not { Count: > 0 } further)
        {
            return Draw(name);
        }

        var (_, next, g) = further.Pick(random);
        return Of(name, c, "x.kind", "coalesce(g.n, p.n)", "concat(x.t, p.t, g.t)",
            $"FROM {c.Name} x {Kind()} {p.Name} p ON p.{p.Key} = x.{column} {Kind()} {g.Name} g ON g.{g.Key} = "
                + $"p.{next}{And("g")}{Where("x")}");
    }

    private (string, Source) TwoHopsUp(string name)
    {
        var (m, up, r) = AnyPair();
        if (Pairs().Where(p => p.Parent == m).ToList() is not { Count: > 0 } below)
        {
            return Draw(name);
        }

        var (c, down, _) = below.Pick(random);
        return Of(
            name,
            r,
            "(count(z.kind) % 5)::integer",
            "sum(y.n + z.n)::bigint",
            $"md5(string_agg(z.t, ',' ORDER BY z.{c.Key}))",
            $"FROM {r.Name} x {Kind()} ({m.Name} y {Kind()} {c.Name} z ON z.{down} = y.{m.Key}{And("z")}) "
            + $"ON y.{up} = x.{r.Key}{Where("x")} {GroupBy(r)}");
    }

    private (string, Source) Siblings(string name)
    {
        var (c, column, p) = AnyPair();
        var (s, other, _) = Pairs().Where(q => q.Parent == p).ToList().Pick(random);
        return Of(
            name,
            c,
            "(count(s.kind) % 5)::integer",
            "sum(s.n + p.n)::bigint",
            $"md5(string_agg(s.t, ',' ORDER BY s.{s.Key}))",
            $"FROM {c.Name} x {Kind()} {p.Name} p ON p.{p.Key} = x.{column} LEFT JOIN {s.Name} s ON s.{other} = "
                + $"p.{p.Key}{And("s")} {GroupBy(c)}"
        );
    }

    private Pair AnyPair() => Pairs().Pick(random);

    private List<Pair> Pairs() => [.. _sources.SelectMany(PairsOf)];

    private List<Pair> PairsOf(Source child) =>
        [
            .. child.Links.SelectMany(l =>
                _sources.Where(s => s.Subject == l.Subject).Select(s => new Pair(child, l.Column, s))
            ),
        ];

    // A query with a row for each row of x; links stay, so that other TVIEWs can join on them.
    private (string, Source) Of(
        string name,
        Source x,
        string kind,
        string n,
        string t,
        string from,
        string select = "SELECT",
        string with = ""
    ) =>
        (
            $"{with}{select} x.{x.Key} AS {KeyOf(name)}, "
                + $"{string.Concat(x.Links.Select(l => $"x.{l.Column}, "))}{Rest((kind, n, t))} "
                + $"{from}",
            x with
            {
                Name = name,
                Key = KeyOf(name),
            }
        );

    private string Rest((string Kind, string N, string T) columns) =>
        $"{columns.Kind} AS kind, {columns.N} AS n, {columns.T} AS t"
        + (_hasData ? $", jsonb_build_object('n', {columns.N}, 'of', jsonb_build_array({columns.T})) AS data" : "");

    private static string KeyOf(string name) => "pk_" + name["tv_".Length..];

    private static string GroupBy(Source x) =>
        $"GROUP BY x.{x.Key}, x.kind, x.n, x.t{string.Concat(x.Links.Select(l => $", x.{l.Column}"))}";

    private string List(string alias, Source s) =>
        random.Chance(50) ? $"max({alias}.t)" : $"md5(string_agg({alias}.t, ',' ORDER BY {alias}.{s.Key}))";

    private string Kind() => random.Chance(50) ? "JOIN" : "LEFT JOIN";

    private string Where(string alias) => And(alias) is { Length: > 0 } and ? " WHERE" + and[4..] : "";

    private string And(string alias) => !random.Chance(30) ? "" : " AND " + random.Next(6) switch
    {
        0 => $"{alias}.kind <> 3",
        1 => $"{alias}.n IS NOT NULL",
        2 => $"{alias}.n >= 10 AND {alias}.kind < 4",
        3 => $"{alias}.t LIKE '%1%'",
        4 => $"({alias}.kind = 1 OR {alias}.n > 10)",
        _ => $"{alias}.kind IN (0, 1, 2)",
    };
}

using System.Text.RegularExpressions;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// Draws defining queries; what can be left out of them stands between marks. Each is deterministic: whatever depends
/// on an order has a unique one, and a key stands once.
/// </summary>
internal sealed partial class RandomTviews(
    Random random,
    BaseTable[] tables,
    BaseTable summarized,
    Link summary,
    EngineProfile engine,
    int rows,
    bool narrow
)
{
    private readonly bool _hasData = !engine.Refuses.Contains(QueryForm.MutableFunction);

    private readonly List<Source> _sources = [.. tables.Select(t =>
        new Source(t.Name, t.Key, t.Name, [.. t.Links.Select(l => (l.Column, l.Parent.Name))], t.Shown))];

    private string[] _shown = [];

    // Some forms for a schema, not all: a TVIEW of one that is refreshed as a whole puts all writers in order, and
    // hides what goes wrong in the others (swarm testing, Groce et al., 2012).
    // What reads one table, and a join, are always among them: no engine refuses both.
    private readonly bool[] _forms = [true, true, .. Enumerable.Range(0, 9).Select(_ => random.Chance(40))];

    // Those at the end of Draw's list and of Filter's.
    private const int Wide = 7, WideFilters = 4;

    // Of a hundred schemas of narrow forms: in these the second TVIEW joins the first one, which lacks some rows.
    private const int Pointed = 70;

    /// <summary>Whether a query compares each row of a table with each.</summary>
    internal bool ComparesWithAll { get; private set; }

    internal Tview[] Make(int count)
    {
        var tviews = new List<Tview>();
        var pointed = narrow && random.Chance(Pointed)
            && !engine.Refuses.Contains(QueryForm.TviewOverTview) ? Pairs().Pick(random) : null;
        count = pointed is null ? count : Math.Max(2, count);
        while (tviews.Count < count)
        {
            // Named after its key: some engines want that.
            var name = $"tv_v{tviews.Count + 1}";
            var (tview, source) = Take(name, pointed is null ? Draw
                : tviews.Count == 0 ? _ => MayLack(name, pointed.Parent)
                : tviews.Count == 1 ? _ => Join(name, pointed with { Parent = _sources[^1] })
                : Draw);
            // TVIEWs read base tables, and other TVIEWs as often as they can.
            if (tviews.Count == 0 || tview.Query.Contains(" tv_", StringComparison.Ordinal) || random.Chance(25))
            {
                _sources.Add(source);
                tviews.Add(tview);
            }
        }

        return [.. tviews];
    }

    /// <summary>One that comes and goes, and the same with another expression under the same columns.</summary>
    internal (Tview, Tview) MakeExtra()
    {
        // One that can fail could not be made beside those who write what they like.
        Tview tview;
        do
        {
            (tview, _) = Take("tv_extra", Draw);
        }
        while (tview.CanFail);

        var forms = QueryForms.Of(Marks.Plain(tview.Query));
        var other = forms.Contains(QueryForm.Aggregate) && engine.Refuses.Contains(QueryForm.ExpressionOfAggregate)
            ? tview.Query : tview.Query.Replace(" AS n", " + 1 AS n", StringComparison.Ordinal);
        return (SchemaParts.PlainOf(tview), SchemaParts.PlainOf(tview with { Query = other }));
    }

    private (Tview, Source) Take(string name, Func<string, (string, Source)> draw)
    {
        while (true)
        {
            _shown = [.. tables.SelectMany(t => t.Shown).Where(_ => random.Chance(70))];
            var (query, source) = draw(name);
            var plain = Marks.Plain(query);
            if (!QueryForms.Of(plain).Any(engine.Refuses.Contains))
            {
                string[] reads = [.. DefiningQuery.TablesOf(plain)
                    .Concat(plain.Contains("v_sum", StringComparison.Ordinal) ? [summarized.Name] : [])
                    .Distinct().Order()];
                ComparesWithAll |= AllWithAll().IsMatch(plain);
                return (new(source.Name, source.Key, query, reads)
                {
                    Columns = engine.AddsColumns ? ColumnsOf(source) : [],
                    Texts = engine.AddsColumns ? [] : source.More,
                }, source);
            }
        }
    }

    private string[] ColumnsOf(Source source) =>
        [
            source.Key, .. source.Links.Select(l => l.Column), .. source.More, "kind", "n", "t",
            .. _hasData ? new[] { "data" } : [],
        ];

    private (string, Source) Draw(string name)
    {
        var draw = new (int, Func<(string, Source)>)[]
        {
            (2, () => Projection(name, _sources.Pick(random), filtered: 60)), (4, () => Join(name, AnyPair())),
            (4, () => Aggregate(name, AnyPair())), (3, () => Group(name)),
            (3, () => TwoHops(name)), (3, () => TwoHopsUp(name)), (2, () => Beside(name)), (2, () => Siblings(name)),
            (6, () => Whole(name)), (1, () => TwoColumnsAsKey(name)),
            // Where refreshes come later, what cannot be computed is committed, and no later refresh can be right.
            (engine.IsImmediate ? 1 : 0, () => CanFail(name)),
        };
        return draw.Where((_, i) => _forms[i] && !(narrow && i >= Wide)).ToList().Pick(random)();
    }

    private (string, Source) Projection(string name, Source x, int filtered) =>
        Of(name, x, "x.kind", "x.n", "x.t", $"FROM {x.Name} x{Where("x", filtered)}");

    private (string, Source) Join(string name, Pair pair)
    {
        var (c, column, p) = pair;
        return random.Next(3) switch
        {
            0 => Of(
                name,
                c,
                "x.kind",
                "p.n",
                "x.t || p.t",
                $"FROM {c.Name} x, {p.Name} p WHERE p.{p.Key} = x.{column}{And("x")}{And("p")}",
                also: [("p", p)]
            ),
            1 => Of(
                name,
                c,
                "x.kind",
                "p.n",
                "p.t",
                $"FROM {p.Name} p RIGHT JOIN {c.Name} x ON x.{column} = p.{p.Key}{And("p")}{Where("x")}",
                also: [("p", p)]
            ),
            _ => Of(
                name,
                c,
                "coalesce(p.kind, 9)",
                "p.n + x.n",
                "concat(x.t, p.t)",
                $"FROM {c.Name} x {Kind()} {p.Name} p ON x.{column} = p.{p.Key}{And("p")}{Where("x")}",
                also: [("p", p)]
            ),
        };
    }

    private (string, Source) Aggregate(string name, Pair pair, string? kind = null)
    {
        var (c, column, p) = pair;
        return Of(name, p, "(count(y.kind) % 5)::integer", "sum(y.n)::bigint", List("y", c),
            $"FROM {p.Name} x {kind ?? Kind()} {c.Name} y ON y.{column} = x.{p.Key}{And("y")}{Where("x")} {GroupBy(p)}"
            + Marks.Part(random.Chance(20) ? " HAVING count(*) > 1" : ""));
    }

    private (string, Source) Group(string name)
    {
        var (c, column, p) = AnyPair();
        var rest = Rest(("(count(*) % 5)::integer", "sum(x.n)::bigint", List("x", c)));
        // Grouped by what a child names; by what the parent is; by a column that names nothing.
        var (by, from, subject) = random.Next(3) switch
        {
            0 => ($"x.{column}", $"{c.Name} x WHERE x.{column} IS NOT NULL{And("x")}", p.Subject),
            1 => ($"x.{column}", $"{c.Name} x JOIN {p.Name} p ON p.{p.Key} = x.{column}{Where("p")}", p.Subject),
            _ => ("x.kind", $"{c.Name} x {Kind()} {p.Name} p ON p.{p.Key} = x.{column} WHERE x.kind IS NOT NULL", ""),
        };
        return ($"SELECT {by} AS {KeyOf(name)}{rest} FROM {from} GROUP BY {by}", new(name, KeyOf(name), subject));
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
                + $"p.{next}{And("g")}{Where("x")}", also: [("p", p), ("g", g)]);
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

    // Often rows of a base table with those of a TVIEW: these need not be there although what they come from is.
    private Pair AnyPair() =>
        Pairs().Where(p => p.Parent.IsTview && !p.Child.IsTview).ToList() is { Count: > 0 } over && random.Chance(50)
            ? over.Pick(random) : Pairs().Pick(random);

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
        string with = "",
        (string Alias, Source Source)[]? also = null
    )
    {
        // The columns of x stand in GROUP BY where there is one, those of others cannot.
        var more = new[] { (Alias: "x", Source: x) }.Concat(also ?? [])
            .SelectMany(s => s.Source.More.Where(_shown.Contains).Select(c => (s.Alias, Column: c)))
            .DistinctBy(c => c.Column)
            .ToList();
        var columns = x.Links.Select(l => $"x.{l.Column} AS {l.Column}")
            .Concat(more.Select(c => $"{c.Alias}.{c.Column} AS {c.Column}"));
        return (
            $"{with}{select} x.{x.Key} AS {KeyOf(name)}{string.Concat(columns.Select(c => Marks.Part($", {c}")))}"
                + $"{Rest((kind, n, t))} {from}",
            x with
            {
                Name = name,
                Key = KeyOf(name),
                More = [.. more.Select(c => c.Column)],
            }
        );
    }

    private string Rest((string Kind, string N, string T) columns) =>
        Marks.Part($", {columns.Kind} AS kind") + Marks.Part($", {columns.N} AS n") + Marks.Part($", {columns.T} AS t")
        + (!_hasData ? ""
            : Marks.Part($", jsonb_build_object('n', {columns.N}, 'of', jsonb_build_array({columns.T})) AS data"));

    private static string KeyOf(string name) => "pk_" + name["tv_".Length..];

    private string GroupBy(Source x) =>
        $"GROUP BY x.{x.Key}{Marks.Part(", x.kind")}{Marks.Part(", x.n")}{Marks.Part(", x.t")}"
        + string.Concat(x.Links.Select(l => l.Column).Concat(x.More.Where(_shown.Contains))
            .Select(c => Marks.Part($", x.{c}")));

    private string List(string alias, Source s) =>
        random.Chance(50) ? $"max({alias}.t)" : $"md5(string_agg({alias}.t, ',' ORDER BY {alias}.{s.Key}))";

    private string Kind() => random.Chance(50) ? "JOIN" : "LEFT JOIN";

    private string Where(string alias, int chance = 30) =>
        random.Chance(chance) ? Marks.Part($" WHERE {Filter(alias)}") : "";

    private string And(string alias) => random.Chance(30) ? Marks.Part($" AND {Filter(alias)}") : "";

    private string Filter(string alias) => random.Next(narrow ? WideFilters : 6) switch
    {
        0 => $"{alias}.kind <> 3",
        1 => $"{alias}.n IS NOT NULL",
        2 => $"{alias}.n >= 10 AND {alias}.kind < 4",
        3 => $"{alias}.t LIKE '%1%'",
        4 => $"({alias}.kind = 1 OR {alias}.n > 10)",
        _ => $"{alias}.kind IN (0, 1, 2)",
    };

    [GeneratedRegex(@"\b[py]\.kind = x\.kind|\bp\.n (>|=) x\.n|\bv\.\w+ = x\.")]
    private static partial Regex AllWithAll();
}

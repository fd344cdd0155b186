namespace Specs.Support.Workloads;

// Queries in which a changed row can concern rows to which no join leads: an engine that maps changed rows to refresh
// keys must notice that it cannot.
internal sealed partial class RandomTviews
{
    private (string, Source) Whole(string name)
    {
        var x = _sources.Pick(random);
        var (c, column, p) = AnyPair();
        return random.Next(20) switch
        {
            // a table twice
            0 => Of(
                name,
                x,
                "x.kind",
                "max(y.n)",
                "max(y.t)",
                $"FROM {x.Name} x LEFT JOIN {x.Name} y ON y.kind = x.kind AND y.n < x.n {GroupBy(x)}"
            ),
            1 => Of(
                name,
                c,
                "x.kind",
                "p.n + q.n",
                "x.t",
                $"FROM {c.Name} x JOIN {p.Name} p ON p.{p.Key} = x.{column} JOIN {p.Name} q ON q.{p.Key} = x.{column}"
            ),
            // sub-selects
            2 => Of(name, x, "x.kind", $"(SELECT count(*) FROM {c.Name})", "x.t", $"FROM {x.Name} x"),
            3 => Of(name, x, "x.kind", $"(SELECT max(n) FROM {x.Name})", "x.t", $"FROM {x.Name} x"),
            4 => Of(
                name,
                p,
                "x.kind",
                $"(SELECT sum(y.n)::bigint FROM {c.Name} y WHERE y.{column} = x.{p.Key})",
                "x.t",
                $"FROM {p.Name} x{Where("x")}"
            ),
            5 => Of(
                name,
                p,
                "x.kind",
                "x.n",
                "x.t",
                $"FROM {p.Name} x WHERE {Not()}EXISTS (SELECT FROM {c.Name} y WHERE y.{column} = x.{p.Key} AND y.n > "
                    + "25)"
            ),
            6 => Of(
                name,
                p,
                "x.kind",
                "x.n",
                "x.t",
                $"FROM {p.Name} x WHERE x.{p.Key} {Not()}IN (SELECT {column} FROM {c.Name} WHERE {column} IS NOT NULL)"
            ),
            7 => Of(
                name,
                p,
                "x.kind",
                "s.n",
                "x.t",
                $"FROM {p.Name} x LEFT JOIN (SELECT {column} AS fk, count(*) AS n FROM {c.Name} GROUP BY 1) s ON s.fk "
                    + $"= x.{p.Key}"
            ),
            8 => Of(
                name,
                p,
                "x.kind",
                "s.n",
                "s.t",
                $"FROM {p.Name} x LEFT JOIN LATERAL (SELECT n, t FROM {c.Name} y WHERE y.{column} = x.{p.Key} ORDER BY "
                    + $"n, {c.Key} LIMIT 1) s ON true"
            ),
            9 => Of(
                name,
                p,
                "x.kind",
                "s.n",
                "x.t",
                $"FROM {p.Name} x JOIN s ON s.fk = x.{p.Key}",
                "SELECT", $"WITH s AS (SELECT {column} AS fk, max(n) AS n FROM {c.Name} GROUP BY 1) "),
            // window functions
            10 => Of(
                name,
                x,
                "x.kind",
                "(sum(x.n) OVER (PARTITION BY x.kind))::bigint",
                "x.t",
                $"FROM {x.Name} x{Where("x")}"
            ),
            11 => Of(
                name,
                x,
                "x.kind",
                $"row_number() OVER (ORDER BY x.n, x.{x.Key})",
                $"lag(x.t) OVER (ORDER BY x.n, x.{x.Key})",
                $"FROM {x.Name} x"
            ),
            // some rows of all
            12 => Of(name, c, "x.kind", "x.n", "x.t",
                $"FROM {c.Name} x ORDER BY x.{column}, x.n DESC, x.{c.Key}", $"SELECT DISTINCT ON (x.{column})"),
            13 => Of(name, x, "x.kind", "x.n", "x.t",
                $"FROM {x.Name} x ORDER BY x.n, x.{x.Key} LIMIT {Math.Min(10, rows)}"),
            // joins by something else than a key
            14 => Of(
                name,
                c,
                "x.kind",
                "count(p.kind)",
                "max(p.t)",
                $"FROM {c.Name} x LEFT JOIN {p.Name} p ON p.{p.Key} = x.{column} OR p.n = x.n {GroupBy(c)}"
            ),
            15 => Of(
                name,
                c,
                "x.kind",
                "count(p.kind)",
                "max(p.t)",
                $"FROM {c.Name} x LEFT JOIN {p.Name} p ON p.n > x.n {GroupBy(c)}"
            ),
            16 => Of(
                name,
                c,
                "x.kind",
                "sum(p.n)::bigint",
                "max(p.t)",
                $"FROM {c.Name} x LEFT JOIN {p.Name} p ON p.kind = x.kind {GroupBy(c)}"
            ),
            // set operations, a full join, a plain view
            17 => Of(name, x, "x.kind", "x.n", "x.t",
                $"FROM {x.Name} x WHERE x.kind < 2 UNION ALL "
                    + $"{Of(name, x, "x.kind", "-x.n", "x.t", $"FROM {x.Name} x WHERE x.kind >= 2").Item1}"),
            18 => ($"SELECT coalesce(p.{p.Key}, s.fk) AS {KeyOf(name)}{Rest(("coalesce(p.kind, 9)", "s.n", "p.t"))} "
                + $"FROM {p.Name} p FULL JOIN "
                + $"(SELECT {column} AS fk, count(*) AS n FROM {c.Name} WHERE {column} IS NOT NULL GROUP BY 1) s ON "
                + $"s.fk = p.{p.Key}", new(name, KeyOf(name), p.Subject)),
            _ => Summary(name),
        };
    }

    private (string, Source) Summary(string name)
    {
        var x = _sources.Where(s => s.Subject == summary.Parent.Name).ToList().Pick(random);
        return Of(name, x, "x.kind", "s.n", "s.rows::text", $"FROM {x.Name} x {Kind()} v_sum s ON s.fk = x.{x.Key}");
    }

    private string Not() => random.Chance(50) ? "NOT " : "";
}

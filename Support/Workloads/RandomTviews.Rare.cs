using Specs.Support.Model;

namespace Specs.Support.Workloads;

// Queries that hold something of which there is not much elsewhere.
internal sealed partial class RandomTviews
{
    // A TVIEW that lacks some rows of a table: others may point to one that is not there yet, or no more.
    private (string, Source) MayLack(string name, Source parent) =>
        Pairs().Where(p => p.Parent == parent).ToList() is var pairs && random.Chance(50)
            ? Projection(name, parent, filtered: 100)
            : Aggregate(name, pairs.Pick(random), "JOIN");

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

    // A TVIEW by another column than its key.
    private (string, Source) Beside(string name)
    {
        if (_sources.Where(s => s.IsTview && s.Links.Length > 0).ToList() is not { Count: > 0 } tviews)
        {
            return Draw(name);
        }

        var v = tviews.Pick(random);
        var (column, subject) = v.Links.Pick(random);
        var (x, own) = _sources.Where(s => s != v)
            .SelectMany(s => s.Links.Where(l => l.Subject == subject).Select(l => (s, l.Column))
                .Concat(s.Subject == subject ? [(s, s.Key)] : []))
            .ToList().Pick(random);
        return Of(name, x, "(count(v.kind) % 5)::integer", "sum(v.n)::bigint", List("v", v),
            $"FROM {x.Name} x {Kind()} {v.Name} v ON v.{column} = x.{own}{And("v")}{Where("x")} {GroupBy(x)}");
    }

    // No single column of any table identifies its rows.
    private (string, Source) TwoColumnsAsKey(string name)
    {
        var (c, column, p) = AnyPair();
        return ($"SELECT x.{c.Key}::text || '/' || coalesce(p.{p.Key}::text, 'none') AS {KeyOf(name)}"
            + $"{Rest(("x.kind", "p.n", "x.t"))} "
            + $"FROM {c.Name} x {Kind()} {p.Name} p ON p.{p.Key} = x.{column}{Where("x")}",
            new(name, KeyOf(name), ""));
    }

    // A refresh that divides by zero: who brings that about cannot commit.
    private (string, Source) CanFail(string name)
    {
        var x = _sources.Where(s => !s.IsTview).ToList().Pick(random);
        return Of(name, x, "x.kind", $"{Tview.Failing}x.n", "x.t", $"FROM {x.Name} x{Where("x")}");
    }
}

using Specs.Support.Model;

namespace Specs.Support.Workloads;

// Queries that hold something of which there is not much elsewhere.
internal sealed partial class RandomTviews
{
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

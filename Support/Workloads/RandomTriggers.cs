namespace Specs.Support.Workloads;

/// <summary>Draws the triggers that a user has on base tables.</summary>
internal sealed class RandomTriggers
{
    internal RandomTriggers(BaseTable[] tables, Random random)
    {
        // An engine may refuse partitioned tables, but not for their triggers.
        var ordinary = tables.Where(t => t.Form != TableForm.Partitioned).ToArray();
        if (ordinary.Length > 0 && random.Chance(20))
        {
            Sql += Before(ordinary.Pick(random), random);
        }

        var links = ordinary.SelectMany(t => t.Links.Where(l => l.Parent != t).Select(l => (Table: t, Link: l)))
            .ToArray();
        if (links.Length > 0 && random.Chance(15))
        {
            var (table, link) = links.Pick(random);
            Sql += AtCommit(table, link, random);
            WritesAtCommit = true;
        }
    }

    /// <summary>The statements that make them; what can be left out stands between marks.</summary>
    internal string Sql { get; } = "";

    /// <summary>Whether one writes base tables at COMMIT.</summary>
    internal bool WritesAtCommit { get; }

    private static string Before(BaseTable t, Random random)
    {
        var change = random.Next(3) switch
        {
            0 => "NEW.kind := coalesce(NEW.n, 4) % 5",
            1 => "NEW.t := NEW.t || ' ' || coalesce(NEW.n, 0) % 3",
            _ when t.Links.FirstOrDefault(l => l.Nullable) is { } link =>
                $"IF NEW.n % 4 = 0 THEN NEW.{link.Column} := NULL; END IF",
            _ => "NEW.n := NEW.n - NEW.n % 2",
        };
        return Marks.Part($"""
            CREATE FUNCTION public.changes_{t.Letter}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                {change};
                RETURN NEW;
            END $$;
            CREATE TRIGGER changes_{t.Letter} BEFORE INSERT OR UPDATE ON {t.Name}
                FOR EACH ROW EXECUTE FUNCTION public.changes_{t.Letter}();

            """);
    }

    private static string AtCommit(BaseTable t, Link link, Random random)
    {
        var p = link.Parent;
        var change = random.Next(3) switch
        {
            0 => $"UPDATE public.{p.Name} SET t = 'of ' || NEW.t WHERE {p.Key} = NEW.{link.Column}",
            1 => $"UPDATE public.{p.Name} SET n = NEW.n, kind = 1 WHERE {p.Key} = NEW.{link.Column} AND n <> NEW.n",
            _ => $"DELETE FROM public.{p.Name} WHERE n = NEW.n AND kind = 2 AND {p.Key} <> NEW.{link.Column}",
        };
        return Marks.Part($"""
            CREATE FUNCTION public.at_commit_{t.Letter}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                {change};
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER at_commit_{t.Letter} AFTER INSERT OR UPDATE ON {t.Name}
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.at_commit_{t.Letter}();

            """);
    }
}

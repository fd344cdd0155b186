namespace Specs.Support.Workloads.OwnTables;

/// <summary>Draws statements over a user's own tables, out of what the catalogue says of them.</summary>
/// <param name="own">The tables.</param>
/// <param name="random">Where the draws come from.</param>
/// <param name="merge">Whether the server knows MERGE (15 and later).</param>
internal sealed partial class OwnStatements(LoadedSchema own, Random random, bool merge) : IStatements
{
    private const int OfReadTables = 85;

    private readonly OwnValues _values = new(random);
    private readonly IReadOnlyList<OwnTable> _read = [.. own.Tables.Where(own.IsRead)];

    // A draw gives null where the table has nothing that it could write.
    private static readonly (int Weight, (string Kind, Func<OwnStatements, OwnTable, Drawn?> Draw) Choice)[] Draws =
    [
        (80, ("insert", (s, t) => s.Insert(t))),
        (10, ("insert from select", (s, t) => s.InsertSelect(t))),
        (40, ("insert on conflict do update", (s, t) => s.Upsert(t))),
        (20, ("merge", (s, t) => s.Merge(t))),
        (160, ("update", (s, t) => s.Update(t))),
        (50, ("move to another parent", (s, t) => s.Move(t))),
        (12, ("change the key", (s, t) => s.Rekey(t))),
        (16, ("update many", (s, t) => s.UpdateMany(t))),
        (60, ("delete", (s, t) => s.Delete(t))),
        (6, ("delete many", (s, t) => s.DeleteMany(t))),
        (12, ("copy", (s, t) => s.Copy(t))),
        (15, ("set to null", (s, t) => s.SetToNull(t))),
        (10, ("set from null", (s, t) => s.SetFromNull(t))),
        (10, ("take the parent away", (s, t) => s.TakeParent(t))),
        (8, ("give a parent again", (s, t) => s.GiveParent(t))),
        (10, ("change case only", (s, t) => s.ChangeCase(t))),
        (10, ("change blanks only", (s, t) => s.ChangeBlanks(t))),
        (20, ("change the last digit", (s, t) => s.ChangeLastDigit(t))),
        (3, ("load", (s, t) => s.Load(t))),
    ];

    // What a draw writes: SQL, the columns, and what COPY sends.
    private sealed record Drawn(string Sql, IEnumerable<OwnColumn> Columns, string? Rows = null);

    /// <summary>The kinds that some table has a use for.</summary>
    public IEnumerable<string> Kinds =>
        Draws.Where(d => own.Tables.Any(t => d.Choice.Draw(this, t) is not null)).Select(d => d.Choice.Kind)
            .Append("truncate");

    /// <summary>Mostly parents before children, as users do who do not want to deadlock.</summary>
    public List<Statement> Next(int count)
    {
        if (random.Next(200) == 0)
        {
            return [Truncate()];
        }

        var drawn = Enumerable.Range(0, count).Select(_ => Table()).ToList();
        return [.. (random.Chance(85) ? drawn.OrderBy(t => own.Tables.Index().First(o => o.Item == t).Index)
            : drawn.AsEnumerable()).Select(t => Of(t, Draws.Pick(random)))];
    }

    public Statement One() => Of(Table(), Draws.Pick(random));

    public Statement OneOfAnyKind() => Of(Table(), Draws[random.Next(Draws.Length)].Choice);

    /// <summary>Mostly a table to which no other refers: CASCADE takes these along.</summary>
    public Statement Truncate()
    {
        var leaves = own.Tables.Where(t => own.Tables.All(o => o == t || o.Links.All(l => l.Parent != t.Name)))
            .ToList();
        var table = leaves.Count > 0 && random.Chance(90) ? leaves.Pick(random) : own.Tables.Pick(random);
        return new("truncate", table.Name, $"{RandomStatements.Impatiently}TRUNCATE {table.Name} CASCADE")
        {
            Columns = NamesOf(table, table.Columns),
        };
    }

    /// <summary>A statement of one kind, over a table that has a use for it.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    internal Statement OfKind(string kind)
    {
        var choice = Draws.First(d => d.Choice.Kind == kind).Choice;
        Statement statement;
        do
        {
            statement = Of(Table(), choice);
        }
        while (statement.Kind != kind);

        return statement;
    }

    private OwnTable Table() => _read.Count > 0 && random.Chance(OfReadTables) ? _read.Pick(random)
        : own.Tables.Pick(random);

    private Statement Of(OwnTable table, (string Kind, Func<OwnStatements, OwnTable, Drawn?> Draw) choice)
    {
        var (kind, drawn) = (choice.Kind, choice.Draw(this, table));
        for (var i = 0; drawn is null; i++)
        {
            // A table of keys only has nothing to update; every table has rows to delete.
            (kind, var draw) = i < 20 ? Draws.Pick(random) : ("delete", (s, t) => s.Delete(t));
            drawn = draw(this, table);
        }

        return new(kind, table.Name, drawn.Sql, drawn.Rows) { Columns = NamesOf(table, drawn.Columns) };
    }

    private static List<string> NamesOf(OwnTable table, IEnumerable<OwnColumn> columns) =>
        [.. columns.Distinct().Select(c => $"{table.Relation}.{c.Plain}")];

    private Drawn Insert(OwnTable t)
    {
        var columns = Inserted(t);
        var rows = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"({string.Join(", ", Row(t, columns))})");
        return new($"{Into(t, columns)} VALUES {string.Join(", ", rows)}"
            + (random.Chance(50) ? " ON CONFLICT DO NOTHING" : ""), columns);
    }

    private Drawn InsertSelect(OwnTable t)
    {
        var columns = Inserted(t);
        var values = Row(t, columns).Zip(columns).Select(c => IsUnique(t, c.Second)
            ? $"{c.First}::{c.Second.Type}" : c.Second.Name);
        return new($"{Into(t, columns)} SELECT {string.Join(", ", values)} FROM {t.Name} WHERE {One(t)} "
            + "ON CONFLICT DO NOTHING", columns);
    }

    private Drawn? Upsert(OwnTable t)
    {
        var changed = Plain(t);
        if (t.Key.Count == 0 || t.Key.Any(c => c.IsAlwaysIdentity) || changed.Count == 0)
        {
            return null;
        }

        var columns = Inserted(t, withKey: true);
        var set = changed.Where(columns.Contains).DefaultIfEmpty(columns[^1]).ToList();
        return new($"{Into(t, columns)} VALUES ({string.Join(", ", Row(t, columns, Some(t)))}) ON CONFLICT "
            + $"({Names(t.Key)}) DO UPDATE SET {string.Join(", ", set.Select(c => $"{c.Name} = EXCLUDED.{c.Name}"))}",
            columns);
    }

    private Drawn? Merge(OwnTable t)
    {
        if (!merge || t.Key.Count == 0 || t.Key.Any(c => c.IsAlwaysIdentity) || Plain(t) is not { Count: > 0 } changed)
        {
            return null;
        }

        var columns = Inserted(t, withKey: true);
        var key = Some(t) ?? [.. t.Key.Select(c => _values.New(c))];
        var (set, value) = Assigned(changed.Pick(random));
        return new($"MERGE INTO {t.Name} x USING (VALUES ("
            + $"{string.Join(", ", t.Key.Zip(key).Select(k => $"{OwnValues.Literal(k.Second)}::{k.First.Type}"))})) "
            + $"s ({Names(t.Key)}) ON {string.Join(" AND ", t.Key.Select(k => $"x.{k.Name} = s.{k.Name}"))} "
            + $"WHEN MATCHED THEN UPDATE SET {set.Name} = {value} WHEN NOT MATCHED THEN INSERT ({Names(columns)}) "
            + $"VALUES ({string.Join(", ", Row(t, columns, key))})", [.. columns, set]);
    }

    private Drawn? Update(OwnTable t)
    {
        if (Plain(t) is not { Count: > 0 } columns)
        {
            return null;
        }

        var set = Enumerable.Range(0, random.Chance(70) ? 1 : 2).Select(_ => columns.Pick(random)).Distinct()
            .Select(Assigned).ToList();
        return new($"UPDATE {t.Name} SET {string.Join(", ", set.Select(s => $"{s.Column.Name} = {s.Value}"))} "
            + $"WHERE {One(t)}", set.Select(s => s.Column));
    }

    private Drawn? Move(OwnTable t) => t.Links.Count == 0 ? null : Move(t, t.Links.Pick(random), One(t));

    private Drawn Move(OwnTable t, OwnLink link, string where, bool none = false)
    {
        var values = none ? link.Columns.Select(_ => "NULL") : Parent(link, live: true);
        return new($"UPDATE {t.Name} SET "
            + $"{string.Join(", ", link.Columns.Zip(values).Select(c => $"{c.First.Name} = {c.Second}"))} "
            + $"WHERE {where}", link.Columns);
    }

    private Drawn? Rekey(OwnTable t)
    {
        if (t.Key.Where(c => !c.IsAlwaysIdentity && !c.IsGenerated).ToList() is not { Count: > 0 } key)
        {
            return null;
        }

        var column = key.Pick(random);
        var value = random.Chance(70) ? _values.New(column, isUnique: true) : _values.Of(column, news: false);
        return new($"UPDATE {t.Name} SET {column.Name} = {OwnValues.Literal(value)} WHERE {One(t)}", [column]);
    }

    private Drawn? UpdateMany(OwnTable t)
    {
        if (Plain(t) is not { Count: > 0 } columns)
        {
            return null;
        }

        var (set, value) = Assigned(columns.Pick(random));
        return new($"UPDATE {t.Name} SET {set.Name} = {value} WHERE {Many(t)}", [set]);
    }

    private Drawn Delete(OwnTable t) => new($"DELETE FROM {t.Name} WHERE {One(t)}", t.Columns);

    private Drawn DeleteMany(OwnTable t) => new($"DELETE FROM {t.Name} WHERE {(t.Key is [var key]
        ? $"{key.Name} IN (SELECT {key.Name} FROM {t.Name} WHERE {Many(t)} ORDER BY {key.Name} LIMIT 3)"
        : $"{Many(t)} AND {One(t)}")}", t.Columns);

    private Drawn? Copy(OwnTable t)
    {
        // COPY takes values for identity columns as they are.
        var columns = Inserted(t);
        var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
            string.Join('\t', Texts(t, columns).Select(v => v is null ? @"\N"
                : v.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal)
                    .Replace("\n", @"\n", StringComparison.Ordinal))) + "\n");
        return new($"COPY {t.Name} ({Names(columns)}) FROM STDIN", columns, string.Concat(rows));
    }

    private Drawn? SetToNull(OwnTable t) => Nullable(t) is not { Count: > 0 } columns ? null
        : columns.Pick(random) is var c ? new($"UPDATE {t.Name} SET {c.Name} = NULL WHERE {One(t)}", [c]) : null;

    private Drawn? SetFromNull(OwnTable t) => Nullable(t) is not { Count: > 0 } columns ? null
        : columns.Pick(random) is var c
            ? new($"UPDATE {t.Name} SET {c.Name} = {OwnValues.Literal(_values.New(c))} WHERE {c.Name} IS NULL", [c])
            : null;

    private Drawn? TakeParent(OwnTable t) => t.Links.Where(l => l.IsNullable).ToList() is not { Count: > 0 } links
        ? null : Move(t, links.Pick(random), One(t), none: true);

    private Drawn? GiveParent(OwnTable t)
    {
        if (t.Links.Where(l => l.IsNullable).ToList() is not { Count: > 0 } links)
        {
            return null;
        }

        var link = links.Pick(random);
        return Move(t, link, $"{link.Columns[0].Name} IS NULL");
    }

    private Drawn? ChangeCase(OwnTable t) => Changed(t, c => c.IsText,
        c => $"CASE WHEN {c} = upper({c}) THEN lower({c}) ELSE upper({c}) END");

    private Drawn? ChangeBlanks(OwnTable t) => Changed(t, c => c.IsText && c.Base != "bpchar",
        c => $"CASE WHEN {c} LIKE '% ' THEN rtrim({c}) ELSE {c} || ' ' END");

    private Drawn? ChangeLastDigit(OwnTable t)
    {
        if (Plain(t).Where(c => c.IsNumber || c.IsTime).ToList() is not { Count: > 0 } columns)
        {
            return null;
        }

        var c = columns.Pick(random);
        var next = c.IsTime ? $"{c.Name} + interval '1 microsecond'"
            : c.IsInteger ? $"{c.Name} + 1"
            : c.Base == "numeric" && c.Scale is > 0 and var scale ? $"{c.Name} + 0.{"1".PadLeft(scale, '0')}"
            : OwnValues.Literal(_values.Neighbour(c, c.Values.Count > 0 ? c.Values.Pick(random) : "1"));
        return new($"UPDATE {t.Name} SET {c.Name} = {next} WHERE {One(t)}", [c]);
    }

    // Rows of the same values but for what tells them apart.
    private Drawn Load(OwnTable t)
    {
        var columns = Inserted(t);
        var first = random.Next(20_000, 1_000_000);
        var values = Row(t, columns).Zip(columns).Select(c => !IsUnique(t, c.Second) || t.Links.Any(l =>
                l.Columns.Contains(c.Second)) ? $"{c.First}::{c.Second.Type}"
            : c.Second.IsNumber ? $"({first} + i)::{c.Second.Type}"
            : c.Second.IsText ? $"left('load {first} ' || i, {c.Second.Length ?? 60})::{c.Second.Type}"
            : c.Second.Base == "uuid" ? $"md5('{first}' || i)::uuid"
            : c.Second.Base == "date" ? $"date '2030-01-01' + ({first} + i)"
            : $"{c.First}::{c.Second.Type}");
        return new($"{Into(t, columns)} SELECT {string.Join(", ", values)} FROM generate_series(1, "
            + $"{(random.Chance(80) ? random.Next(2, 20) : random.Next(20, 500))}) i ON CONFLICT DO NOTHING", columns);
    }

    private Drawn? Changed(OwnTable t, Func<OwnColumn, bool> suits, Func<string, string> change) =>
        Plain(t).Where(c => suits(c) && c.Labels.Count == 0).ToList() is not { Count: > 0 } columns ? null
        : columns.Pick(random) is var c
            ? new($"UPDATE {t.Name} SET {c.Name} = {change(c.Name)} WHERE {One(t)}", [c])
            : null;
}

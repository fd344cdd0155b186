namespace Specs.Support.Workloads;

/// <summary>One statement on a base table.</summary>
/// <param name="Kind">Its name in the tally.</param>
/// <param name="Table">The base table.</param>
/// <param name="Sql">Its text; COPY … FROM STDIN where there are rows.</param>
/// <param name="Rows">What COPY sends; null for any other statement.</param>
internal sealed record Statement(string Kind, string Table, string Sql, string? Rows = null)
{
    private static readonly Dictionary<string, string> Verbs = new()
    {
        ["insert"] = "inserts into",
        ["insert from select"] = "inserts the rows of a SELECT into",
        ["insert on conflict do update"] = "inserts rows of, or updates,",
        ["merge"] = "merges rows into",
        ["update"] = "updates a row of",
        ["move to another parent"] = "moves to another parent a row of",
        ["change the key"] = "changes the key of a row of",
        ["update many"] = "updates rows of",
        ["delete"] = "deletes a row of",
        ["delete many"] = "deletes rows of",
        ["copy"] = "copies rows into",
        ["truncate"] = "truncates",
        ["set to null"] = "sets to NULL a column of a row of",
        ["set from null"] = "gives values where NULL was to",
        ["take the parent away"] = "takes the parent away from a row of",
        ["give a parent again"] = "gives a parent to rows without one of",
        ["change case only"] = "changes the case of a text in",
        ["change blanks only"] = "changes the blanks of a text in",
        ["change the last digit"] = "changes the last digit of a value in",
        ["load"] = "loads rows into",
        ["update a load"] = "updates the loaded rows of",
        ["delete a load"] = "deletes the loaded rows of",
    };

    /// <summary>What a session does with it.</summary>
    internal string Words => Verbs.TryGetValue(Kind, out var verb) ? $"{verb} {Table}" : Kind;

    /// <summary>Whether it gives rows to the client, which a block of PL/pgSQL does not take.</summary>
    internal bool Reads => Sql.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)
        || Sql.Contains("RETURNING", StringComparison.OrdinalIgnoreCase);

    /// <summary>The columns that it writes; empty where nobody counts them.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The same in a session whose search_path is empty.</summary>
    internal Statement Qualified => this with { Sql = Sql.Replace("tb_", "public.tb_", StringComparison.Ordinal) };

    /// <summary>Whether it may insert rows.</summary>
    internal bool Inserts => Kind is "insert" or "insert from select" or "insert on conflict do update" or "merge"
        or "copy" or "load";

    /// <summary>Whether it may delete rows.</summary>
    internal bool Deletes => Kind is "delete" or "delete many" or "truncate" or "merge" or "delete a load";

    /// <summary>Whether it changes keys or links only.</summary>
    internal bool Links => Kind is "move to another parent" or "change the key" or "take the parent away"
        or "give a parent again";

    /// <summary>The names of all kinds, for the proof that each was there.</summary>
    internal static IEnumerable<string> Kinds => Verbs.Keys;
}

/// <summary>Draws statements over the base tables of a random schema.</summary>
/// <param name="schema">Where.</param>
/// <param name="random">Where the draws come from.</param>
/// <param name="merge">Whether the server knows MERGE (15 and later).</param>
internal sealed partial class RandomStatements(RandomSchema schema, Random random, bool merge) : IStatements
{
    private readonly BaseTable[] _tables = schema.Tables;

    // One of each table; it need not be there.
    private readonly Dictionary<string, int> _hot =
        schema.Tables.ToDictionary(t => t.Name, t => random.Next(1, t.Rows + 2));

    private static readonly (int, Func<RandomStatements, BaseTable, Statement>)[] Draws =
    [
        (80, (s, t) => s.Insert(t)),
        (10, (s, t) => s.InsertSelect(t)),
        (40, (s, t) => s.Upsert(t)),
        (20, (s, t) => s.Merge(t)),
        (140, (s, t) => s.Update(t)),
        (50, (s, t) => s.Move(t)),
        (20, (s, t) => s.Rekey(t)),
        (16, (s, t) => s.UpdateMany(t)),
        (70, (s, t) => s.Delete(t)),
        (8, (s, t) => s.DeleteMany(t)),
        (12, (s, t) => s.Copy(t)),
        (15, (s, t) => s.SetToNull(t)),
        (10, (s, t) => s.SetFromNull(t)),
        (10, (s, t) => s.TakeParent(t)),
        (8, (s, t) => s.GiveParent(t)),
        (10, (s, t) => s.ChangeCase(t)),
        (10, (s, t) => s.ChangeBlanks(t)),
        (20, (s, t) => s.ChangeLastDigit(t)),
        (3, (s, t) => s.Load(t)),
        (3, (s, t) => s.UpdateLoad(t)),
        (8, (s, t) => s.DeleteLoad(t)),
    ];

    /// <summary>Stands before a statement for which everybody waits while it waits.</summary>
    internal const string Impatiently = "SET LOCAL lock_timeout = '100ms'; ";

    /// <summary>The kinds of statements that can be drawn over these tables.</summary>
    public IEnumerable<string> Kinds =>
        Statement.Kinds.Where(k => k switch
        {
            "merge" => merge,
            "take the parent away" or "give a parent again" => _tables.Any(t => t.Links.Any(l => l.Nullable)),
            "change the last digit" => _tables.Any(t => t.More.Length > 0),
            _ => true,
        });

    /// <summary>
    /// The statements of a transaction. Mostly parents before children: when all go through the tables in any order,
    /// the users' own deadlocks, each of them a second long, leave the engine little to do.
    /// </summary>
    public List<Statement> Next(int count)
    {
        // Whoever empties a whole table has nothing else to do.
        if (random.Next(150) == 0)
        {
            return [Truncate()];
        }

        var drawn = Enumerable.Range(0, count).Select(_ => random.Next(_tables.Length)).ToList();
        return
        [
            .. (random.Chance(85) ? drawn.Order() : drawn.AsEnumerable()).Select(t =>
                Draws.Pick(random)(this, _tables[t])
            ),
        ];
    }

    /// <summary>A statement for a transaction of its own.</summary>
    public Statement One() => Draws.Pick(random)(this, _tables.Pick(random));

    /// <summary>The same, each kind as often as any other.</summary>
    public Statement OneOfAnyKind() => Draws[random.Next(Draws.Length)].Item2(this, _tables.Pick(random));

    /// <summary>
    /// Empties a table. CASCADE: another table's foreign key may stand in the way. While it waits for busy tables
    /// everybody waits for it, so it does not wait for long.
    /// </summary>
    public Statement Truncate()
    {
        var table = _tables.Pick(random).Name;
        return new("truncate", table, $"{Impatiently}TRUNCATE {table} CASCADE");
    }

    private Statement Insert(BaseTable t) => new("insert", t.Name,
        $"INSERT INTO {t.Name} ({t.Columns}) VALUES "
            + $"{Values(t, Few())}{(random.Chance(80) ? " ON CONFLICT DO NOTHING" : "")}");

    private Statement InsertSelect(BaseTable t)
    {
        var from = _tables.Pick(random);
        return new("insert from select", t.Name,
            $"INSERT INTO {t.Name} ({t.Columns}) SELECT {t.Keys.Sql($"{Place(t)} + i")}, "
            + string.Concat(t.Links.Select(l => Value(l) + ", "))
            + $"(SELECT count(*) FROM {from.Name})::integer % 5, i, (SELECT max(t) FROM {from.Name}) "
            + string.Concat(t.More.Select(c => $", {c.SqlBy("i")} "))
            + $"FROM generate_series(1, {Some()}) i ON CONFLICT DO NOTHING");
    }

    private Statement Upsert(BaseTable t) => new("insert on conflict do update", t.Name,
        $"INSERT INTO {t.Name} ({t.Columns}) VALUES {Values(t, Few())} "
        + $"ON CONFLICT ({t.Key}) DO UPDATE SET n = EXCLUDED.n, kind = EXCLUDED.kind"
        + (t.Links is [var link, ..] && random.Chance(50) ? $", {link.Column} = EXCLUDED.{link.Column}" : ""));

    private Statement Merge(BaseTable t) => merge ? Merge(t, Place(t)) : Upsert(t);

    private Statement Merge(BaseTable t, int place) => new("merge", t.Name,
        $"MERGE INTO {t.Name} x "
        + $"USING (SELECT {t.Keys.Sql("i")} AS k, i FROM generate_series({place}, {place + (Few() - 1)}) i) s ON "
        + $"x.{t.Key} = s.k "
        + $"WHEN MATCHED AND s.i % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET n = s.i, kind = {random.Next(5)} "
        + $"WHEN NOT MATCHED THEN INSERT ({t.Columns}) VALUES (s.k, "
        + $"{string.Concat(t.Links.Select(l => Value(l) + ", "))}{Plain(t)})");

    private Statement Update(BaseTable t) =>
        new("update", t.Name, $"UPDATE {t.Name} SET {Assignment(t)} WHERE {t.Key} = {Key(t)}");

    private Statement Move(BaseTable t) => t.Links.Count == 0 ? Update(t) : Move(t, t.Links.Pick(random));

    private Statement Move(BaseTable t, Link link) => new("move to another parent", t.Name,
        $"UPDATE {t.Name} SET {link.Column} = {Value(link)} WHERE "
            + $"{(random.Chance(70) ? $"{t.Key} = {Key(t)}" : Of(link))}");

    private Statement Rekey(BaseTable t) =>
        new("change the key", t.Name, $"UPDATE {t.Name} SET {t.Key} = {Key(t)} WHERE {t.Key} = {Key(t)}");

    private Statement UpdateMany(BaseTable t) =>
        new("update many", t.Name, $"UPDATE {t.Name} SET {Assignment(t)} WHERE {Many(t)}");

    private Statement Delete(BaseTable t) => new("delete", t.Name, $"DELETE FROM {t.Name} WHERE {t.Key} = {Key(t)}");

    private Statement DeleteMany(BaseTable t) =>
        new("delete many", t.Name, $"DELETE FROM {t.Name} WHERE {Many(t)} AND n % 5 = {random.Next(5)}");

    private Statement Copy(BaseTable t)
    {
        var first = random.Next(1, (2 * t.Rows) + 1);
        var rows = Enumerable
            .Range(first, Some())
            .Select(i =>
                string.Join(
                    '\t',
                    t.Links.Select(l =>
                            l.Nullable && random.Chance(20)
                                ? @"\N"
                                : l.Parent.Keys.Text(random.Next(1, l.Parent.Rows + 1))
                        )
                        .Prepend(t.Keys.Text(i))
                        .Concat([$"{i % 5}", random.Chance(10) ? @"\N" : $"{i}", $"copy {i}"])
                        .Concat(t.More.Select(c => c.Text(random.Next(c.Kind.Values.Length + 1))))
                ) + "\n"
            );
        return new("copy", t.Name, $"COPY {t.Name} ({t.Columns}) FROM STDIN", string.Concat(rows));
    }

    private string Values(BaseTable t, int count)
    {
        var first = random.Next(1, (2 * t.Rows) + 1);
        return string.Join(", ", Enumerable.Range(0, count).Select(i =>
            $"({t.Keys.Sql($"{first + (i * 3)}")}, {string.Concat(t.Links.Select(l => Value(l) + ", "))}{Plain(t)})"));
    }

    private string Plain(BaseTable t) =>
        $"{Kind(t)}, {Number()}, {Text()}{string.Concat(t.More.Select(c => $", {Value(c)}"))}";

    private string Kind(BaseTable t) => t.KindIsNullable && random.Chance(15) ? "NULL" : $"{random.Next(5)}";

    private string Value(FurtherColumn c) => c.Sql(random.Next(c.Kind.Values.Length + 1));

    private string Assignment(BaseTable t) => random.Next(t.More.Length == 0 ? 5 : 7) switch
    {
        0 => $"n = {Number()}",
        1 => $"t = {Text()}",
        2 => $"kind = {Kind(t)}",
        3 => $"n = n + 1, t = {Text()}",
        4 => $"kind = (kind + 1) % 5, n = {Number()}",
        _ when t.More.Pick(random) is var c => $"{c.Name} = {Value(c)}",
        _ => "",
    };

    private string Many(BaseTable t) => random.Next(t.Links.Count == 0 ? 2 : 4) switch
    {
        0 => $"kind = {random.Next(5)}",
        1 => $"n BETWEEN {random.Next(50)} AND {random.Next(50)}",
        _ => Of(t.Links.Pick(random)),
    };

    private string Of(Link link) => $"{link.Column} = {Value(link)}";

    // Mostly a parent that is there; but any other may appear or vanish just now, and without a constraint none need be
    // there.
    private string Value(Link link) => link.Nullable && random.Chance(15) ? "NULL"
        : random.Chance(25) ? Key(link.Parent)
        : $"coalesce((SELECT {link.Parent.Key} FROM {link.Parent.Name} WHERE {link.Parent.Key} >= {Key(link.Parent)} "
            + "ORDER BY 1 LIMIT 1), "
            + $"{Key(link.Parent)})";

    private string Key(BaseTable t) => t.Keys.Sql($"{Place(t)}");

    // Some meet at the same few rows, some at rows that need not be there.
    private int Place(BaseTable t) => random.Chance(schema.Hot) ? _hot[t.Name] : random.Next(8) switch
    {
        0 => random.Next(1, 5),
        1 => random.Next(1, (2 * t.Rows) + 1),
        _ => random.Next(1, t.Rows + 1),
    };

    private int Few() => random.Chance(schema.Single) ? 1 : random.Next(1, 5);

    private int Some() => random.Chance(10) ? random.Next(20, 60) : random.Next(1, 6);

    private string Number() => random.Chance(15) ? "NULL" : $"{random.Next(50)}";

    private string Text() => random.Chance(15) ? "NULL" : $"'{(random.Chance(50) ? "x" : "it''s ")}{random.Next(100)}'";
}

using System.Globalization;

namespace Specs.Support.Workloads;

// Statements that change little, or much: NULL and back, the smallest change of a value, thousands of rows.
internal sealed partial class RandomStatements
{
    private const string Loaded = "t LIKE 'load %'";

    /// <summary>A statement after which a TVIEW cannot be refreshed, where one divides by what users write.</summary>
    public Statement Fail(bool qualified)
    {
        var table = _tables.First(t => t.Name == schema.Failing);
        var statement = new Statement("update", table.Name, $"UPDATE {table.Name} SET n = 0 WHERE {Many(table)}");
        return qualified ? statement.Qualified : statement;
    }

    private Statement SetToNull(BaseTable t) => new("set to null", t.Name,
        $"UPDATE {t.Name} SET {Nullables(t).Pick(random).Column} = NULL WHERE {t.Key} = {Key(t)}");

    private Statement SetFromNull(BaseTable t)
    {
        var (column, value) = Nullables(t).Pick(random);
        return new("set from null", t.Name, $"UPDATE {t.Name} SET {column} = {value} WHERE {column} IS NULL"
            + (random.Chance(50) ? $" AND {t.Key} >= {Key(t)}" : ""));
    }

    // Every column that can be null, with a value for it.
    private List<(string Column, string Value)> Nullables(BaseTable t) =>
        [
            ("n", $"{random.Next(50)}"), ("t", $"'again {random.Next(50)}'"),
            .. t.KindIsNullable ? [("kind", $"{random.Next(5)}")] : Array.Empty<(string, string)>(),
            .. t.More.Select(c => (c.Name, c.Sql(random.Next(c.Kind.Values.Length)))),
        ];

    private Statement TakeParent(BaseTable t) =>
        t.Links.Where(l => l.Nullable).ToList() is not { Count: > 0 } links ? SetToNull(t)
        : new("take the parent away", t.Name,
            $"UPDATE {t.Name} SET {links.Pick(random).Column} = NULL WHERE {t.Key} = {Key(t)}");

    private Statement GiveParent(BaseTable t)
    {
        if (t.Links.Where(l => l.Nullable).ToList() is not { Count: > 0 } links)
        {
            return SetFromNull(t);
        }

        var link = links.Pick(random);
        return new("give a parent again", t.Name,
            $"UPDATE {t.Name} SET {link.Column} = {Value(link)} WHERE {link.Column} IS NULL"
            + (random.Chance(50) ? $" AND {t.Key} >= {Key(t)}" : ""));
    }

    private Statement ChangeCase(BaseTable t) => new("change case only", t.Name,
        $"UPDATE {t.Name} SET t = CASE WHEN t = upper(t) THEN lower(t) ELSE upper(t) END WHERE {t.Key} = {Key(t)}");

    private Statement ChangeBlanks(BaseTable t) => new("change blanks only", t.Name,
        $"UPDATE {t.Name} SET t = CASE WHEN t LIKE '% ' THEN rtrim(t) ELSE t || ' ' END WHERE {t.Key} = {Key(t)}");

    private Statement ChangeLastDigit(BaseTable t)
    {
        if (t.More.Length == 0)
        {
            return Update(t);
        }

        var column = t.More.Pick(random);
        return new("change the last digit", t.Name,
            $"UPDATE {t.Name} SET {column.Name} = {column.SqlOfTwin} WHERE {t.Key} = {Key(t)}");
    }

    // As many small loads as large ones, by their order of magnitude. Parents in turn: thousands of rows of one parent
    // would be joined with each other.
    private Statement Load(BaseTable t)
    {
        var rows = (int)(2 * Math.Pow(schema.MostLoaded / 2.0, random.NextDouble()));
        var first = 2 * t.Rows + random.Next(schema.MostLoaded / 2);
        var links = t.Links.Select(l => $"coalesce({l.Column}_all.keys[i % cardinality({l.Column}_all.keys) + 1], "
            + $"{Key(l.Parent)}), ");
        var parents = t.Links.Select(l => $", (SELECT array_agg({l.Parent.Key}) AS keys FROM {l.Parent.Name}) "
            + $"{l.Column}_all");
        return new("load", t.Name, string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO {t.Name} ({t.Columns}) SELECT {t.Keys.Sql($"{first} + i")}, {string.Concat(links)}")
            + $"i % 5, i % 50 + 1, 'load ' || i{string.Concat(t.More.Select(c => $", {c.SqlBy("i")}"))} "
            + $"FROM generate_series(1, {rows}) i{string.Concat(parents)} ON CONFLICT DO NOTHING");
    }

    private Statement UpdateLoad(BaseTable t) =>
        new("update a load", t.Name, $"UPDATE {t.Name} SET {Assignment(t)} WHERE {Loaded}");

    private Statement DeleteLoad(BaseTable t) =>
        new("delete a load", t.Name, $"DELETE FROM {t.Name} WHERE {Loaded}");
}

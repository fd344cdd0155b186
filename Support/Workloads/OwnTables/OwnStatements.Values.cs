namespace Specs.Support.Workloads.OwnTables;

// Rows, keys and parents: what statements write, and which rows they find.
internal sealed partial class OwnStatements
{
    private const int LiveOfHundred = 55, LiveParentOfHundred = 85, NoParentOfHundred = 10, MissingOfHundred = 6;

    private static string Names(IEnumerable<OwnColumn> columns) => string.Join(", ", columns.Select(c => c.Name));

    private static string Into(OwnTable t, IEnumerable<OwnColumn> columns) =>
        $"INSERT INTO {t.Name} ({Names(columns)})";

    // The columns that are neither generated nor part of a key or a link.
    private static List<OwnColumn> Plain(OwnTable t) =>
        [.. t.Written.Where(c =>
            !c.IsAlwaysIdentity && !t.Key.Contains(c) && !t.Links.Any(l => l.Columns.Contains(c)))];

    private static List<OwnColumn> Nullable(OwnTable t) => [.. Plain(t).Where(c => c.IsNullable)];

    private static bool IsUnique(OwnTable t, OwnColumn c) => t.Unique.Any(u => u.Contains(c.Name));

    // What a sequence or a default gives is mostly left to it.
    private List<OwnColumn> Inserted(OwnTable t, bool withKey = false) =>
        [
            .. t.Written.Where(c => !c.IsAlwaysIdentity && (withKey && t.Key.Contains(c)
                || !c.HasDefault || !random.Chance(c.Sequence is not null ? 90 : 40)))
            is var columns && columns.ToList() is { Count: > 0 } some
                ? some
                : t.Written.Where(c => !c.IsAlwaysIdentity).DefaultIfEmpty(t.Written[0]).Take(1),
        ];

    private List<string> Row(OwnTable t, IReadOnlyList<OwnColumn> columns, string?[]? key = null)
    {
        var links = t.Links.SelectMany(l => l.Columns.Zip(Parent(l, live: true))).ToLookup(c => c.First, c => c.Second);
        return [.. columns.Select(c => key is not null && t.Key.Index().FirstOrDefault(k => k.Item == c) is
                { Item: not null } place ? OwnValues.Literal(key[place.Index])
            : c.Given.Count == 0 && links[c].FirstOrDefault() is { } parent ? parent
            : OwnValues.Literal(Value(t, c)))];
    }

    private List<string?> Texts(OwnTable t, IReadOnlyList<OwnColumn> columns)
    {
        var links = t.Links.SelectMany(l => l.Columns.Zip(ParentKey(l))).ToLookup(c => c.First, c => c.Second);
        return [.. columns.Select(c => c.Given.Count == 0 && links.Contains(c) ? links[c].First() : Value(t, c))];
    }

    private string? Value(OwnTable t, OwnColumn c) =>
        IsUnique(t, c) && c.Given.Count == 0 && random.Chance(85) ? _values.New(c, isUnique: true) : _values.Of(c);

    private (OwnColumn Column, string Value) Assigned(OwnColumn c) =>
        (c, c.IsNumber && c.Given.Count == 0 && random.Chance(30)
            ? $"{c.Name} {(random.Chance(50) ? '+' : '-')} {random.Next(1, 4)}"
            : OwnValues.Literal(_values.Of(c)));

    private string?[]? Some(OwnTable t) => t.Rows.Count == 0 ? null : _values.Some(t.Rows);

    // A row that was there; or the next one that is there now.
    private string One(OwnTable t)
    {
        if (Some(t) is not { } row)
        {
            return $"{t.Columns[0].Name} IS NOT NULL";
        }

        if (t.Key is [var key])
        {
            return $"{key.Name} = {Live(key.Name, t.Name, OwnValues.Literal(row[0]), LiveOfHundred)}";
        }

        return t.Key.Count > 0
            ? $"({Names(t.Key)}) = ({string.Join(", ", row.Select(OwnValues.Literal))})"
            : string.Join(" AND ", t.Finding.Zip(row).Select(c => c.Second is null ? $"{c.First.Name} IS NULL"
                : $"{c.First.Name} = {OwnValues.Literal(c.Second)}"));
    }

    private string Many(OwnTable t)
    {
        var columns = t.Columns.Where(c => c.CanBeCompared && c.Values.Count > 0 && !t.Key.Contains(c)).ToList();
        return columns.Count == 0 ? One(t)
            : columns.Pick(random) is var c ? $"{c.Name} = {OwnValues.Literal(c.Values.Pick(random))}" : "";
    }

    private string Live(string column, string table, string value, int percent) => !random.Chance(percent) ? value
        : $"coalesce((SELECT {column} FROM {table} WHERE {column} >= {value} ORDER BY 1 LIMIT 1), {value})";

    private IEnumerable<string> Parent(OwnLink link, bool live)
    {
        var key = ParentKey(link);
        return live && key is [{ } one]
            ? [Live(link.ParentColumns[0], link.Parent, OwnValues.Literal(one), LiveParentOfHundred)]
            : key.Select(OwnValues.Literal);
    }

    // Mostly a parent that was there when the tables were read.
    private string?[] ParentKey(OwnLink link) =>
        link.IsNullable && random.Chance(NoParentOfHundred) || (link.Parents.Count == 0 && link.IsNullable)
            ? [.. link.Columns.Select(_ => (string?)null)]
        : link.Parents.Count == 0 ? [.. link.Columns.Select(c => _values.New(c))]
        : _values.Some(link.Parents) is var parent && random.Chance(MissingOfHundred)
            ? [.. parent.Zip(link.Columns).Select(p => _values.Neighbour(p.Second, p.First!))]
            : parent;
}

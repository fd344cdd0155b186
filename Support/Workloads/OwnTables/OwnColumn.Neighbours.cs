namespace Specs.Support.Workloads.OwnTables;

// Values near those that are there, of types whose texts only the server understands.
internal sealed partial record OwnColumn
{
    /// <summary>SQL of such values, as text; null where the type has nothing by which to make them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="most">At how many of its rows to look.</param>
    internal string? NeighboursSql(string table, int most)
    {
        // Without its length, "bit" is one bit.
        var type = Base == "bit" ? "varbit" : BaseType;
        var values = $"SELECT {Name}::{type} AS v FROM {table} WHERE {Name} IS NOT NULL LIMIT {most}";
        var expressions = Expressions();
        return Fields.Count > 0 ? MixedSql(values)
            : expressions.Length == 0 ? null
            : $"SELECT DISTINCT x::text COLLATE \"C\" FROM ({values}) s, unnest(ARRAY[{string.Join(", ",
                expressions.Select(e => $"({e})::text"))}]) x WHERE x IS NOT NULL ORDER BY 1";
    }

    private string[] Expressions() => (Form, Base) switch
    {
        ('r', _) => [$"{BaseType}(lower(v), upper(v), '(]')", $"{BaseType}(lower(v), NULL)",
            $"{BaseType}(NULL, upper(v))"],
        (_, ['_', ..]) => ["v || v", "v[2:]", "array_fill(NULL::text, ARRAY[1])"],
        (_, "bit" or "varbit") => ["~v", "v << 1"],
        (_, "inet") => ["v + 1", "set_masklen(v, 24)"],
        (_, "cidr") => ["network(broadcast(v) + 1)"],
        (_, "macaddr" or "macaddr8") => ["trunc(v)", "~v"],
        (_, "tsvector") => ["v || 'another:9'::tsvector", "strip(v)"],
        (_, "tsquery") => ["!!v"],
        (_, "interval" or "time" or "timetz") => ["v + interval '1 microsecond'"],
        (_, "money") => ["v + '0.01'::money"],
        (_, "oid") => ["(v::bigint + 1)::oid"],
        (_, "xml") => ["xmlconcat(v, v)"],
        (_, "point" or "box" or "circle" or "path") => ["v + point(0.5, 0)"],
        _ => [],
    };

    // Each field of another row, and each of them NULL once.
    private string MixedSql(string values) =>
        $"WITH a(v) AS (SELECT array_agg(v) FROM ({values}) s) SELECT DISTINCT (ROW({string.Join(", ", Fields.Select(
            (f, i) => $"CASE WHEN n % {Fields.Count + 1} <> {i} THEN (v[1 + (n + {i}) % cardinality(v)]).{f} END"))})"
            + $"::{BaseType})::text COLLATE \"C\" FROM a, "
            + $"generate_series(1, cardinality(v) * {Fields.Count + 1}) n ORDER BY 1";
}

using Npgsql;
using NpgsqlTypes;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>Reads tables as PostgreSQL's catalogue has them; nothing is parsed.</summary>
/// <param name="connection">An open connection to their database.</param>
/// <param name="others">The relations that were there before them.</param>
internal sealed class Catalogue(NpgsqlConnection connection, uint[] others)
{
    private const int MostValues = 40, MostRows = 60, MostLooked = 2000;

    /// <summary>SQL: the relations that are there.</summary>
    internal const string Relations = "SELECT coalesce(array_agg(oid), '{}') FROM pg_class";

    // No partitions, for statements name their table; nothing that an extension has made.
    private const string Own = """
        c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND c.oid <> ALL ($1)
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        """;

    private const string TablesSql = $"""
        SELECT c.oid, c.oid::regclass::text, c.relname,
            array_remove(ARRAY[
                CASE WHEN c.relkind = 'p' THEN 'partitions' END,
                (SELECT count(*) || ' trigger' || CASE WHEN count(*) > 1 THEN 's' ELSE '' END FROM pg_trigger t
                    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal HAVING count(*) > 0),
                CASE WHEN c.relrowsecurity THEN 'row-level security' END], NULL),
            ARRAY(SELECT p.relname FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid
                WHERE t.level > 0)::text[],
            EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgdeferrable AND NOT t.tgisinternal)
        FROM pg_class c WHERE {Own} ORDER BY c.oid
        """;

    private const string ColumnsSql = $"""
        WITH RECURSIVE base(type, below, typmod, required) AS (
            SELECT oid, CASE typtype WHEN 'd' THEN typbasetype END, typtypmod, typnotnull FROM pg_type
            UNION ALL
            SELECT b.type, CASE t.typtype WHEN 'd' THEN t.typbasetype END,
                CASE WHEN b.typmod < 0 THEN t.typtypmod ELSE b.typmod END, b.required OR t.typnotnull
            FROM base b JOIN pg_type t ON t.oid = b.below WHERE t.typtype = 'd'
        ), last AS (
            SELECT type, coalesce(max(below), type) AS base, max(typmod) AS typmod, bool_or(required) AS required
            FROM base b WHERE NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = b.below AND t.typtype = 'd')
            GROUP BY type
        )
        SELECT a.attrelid, a.attnum, quote_ident(a.attname), a.attname::text,
            format_type(a.atttypid, a.atttypmod), t.typname::text, t.typtype::text,
            NOT a.attnotnull AND NOT l.required, a.atthasdef OR a.attidentity <> '',
            CASE WHEN t.typname IN ('varchar', 'bpchar') AND m.typmod > 4 THEN m.typmod - 4 END,
            CASE WHEN t.typname = 'numeric' AND m.typmod > 4 THEN (m.typmod - 4) & 2047 END,
            a.attgenerated <> '', a.attidentity = 'a',
            CASE WHEN a.atthasdef OR a.attidentity <> ''
                THEN pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) END,
            ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)::text[],
            t.oid::regtype::text, ARRAY(SELECT quote_ident(f.attname) FROM pg_attribute f
                WHERE f.attrelid = t.typrelid AND f.attnum > 0 AND NOT f.attisdropped ORDER BY f.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN last l ON l.type = a.atttypid JOIN pg_type t ON t.oid = l.base
        CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE l.typmod END AS typmod) m
        WHERE {Own} ORDER BY a.attrelid, a.attnum
        """;

    private const string UniqueSql = $"""
        SELECT i.indrelid, i.indkey::int2[], i.indisprimary, i.indisunique AND i.indimmediate AND i.indpred IS NULL
        FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
        WHERE {Own} AND (i.indisunique OR i.indisexclusion) AND 0 <> ALL (i.indkey::int2[])
        ORDER BY i.indrelid, NOT i.indisprimary, i.indexrelid
        """;

    private const string LinksSql = $"""
        SELECT k.conrelid, k.conkey, k.confrelid::regclass::text,
            ARRAY(SELECT quote_ident(a.attname) FROM unnest(k.confkey) WITH ORDINALITY f(col, n)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = f.col ORDER BY f.n),
            k.condeferrable
        FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
        WHERE {Own} ORDER BY k.conrelid, k.oid
        """;

    private const string ConstraintsSql = $"""
        SELECT DISTINCT k.conname::text, c.relname || '.' || a.attname
        FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey) WHERE {Own}
        UNION
        SELECT i.relname::text, c.relname || '.' || a.attname
        FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (x.indkey::int2[]) WHERE {Own} AND x.indisunique
        """;

    /// <summary>Whether a trigger of the user's can come at COMMIT.</summary>
    internal bool HasDeferrableTriggers { get; private set; }

    /// <summary>The tables, each with its columns, keys, links and values.</summary>
    /// <param name="withValues">Whether to read values as well, and count rows.</param>
    internal async Task<IReadOnlyList<OwnTable>> ReadAsync(bool withValues = true)
    {
        var tables = await ReadAsync(TablesSql, r => (Oid: r.GetFieldValue<uint>(0), Name: r.GetString(1),
            Relation: r.GetString(2), Has: r.GetFieldValue<string[]>(3), Partitions: r.GetFieldValue<string[]>(4),
            Deferrable: r.GetBoolean(5)));
        HasDeferrableTriggers = tables.Exists(t => t.Deferrable);
        var columns = (await ReadAsync(ColumnsSql, r =>
            (Table: r.GetFieldValue<uint>(0), Number: r.GetInt16(1), Column: ColumnOf(r)))).ToLookup(c => c.Table);
        var unique = (await ReadAsync(UniqueSql, r => (Table: r.GetFieldValue<uint>(0),
            Columns: r.GetFieldValue<short[]>(1), IsPrimary: r.GetBoolean(2), Finds: r.GetBoolean(3))))
            .ToLookup(u => u.Table);
        var links = (await ReadAsync(LinksSql, r => (Table: r.GetFieldValue<uint>(0),
            Columns: r.GetFieldValue<short[]>(1), Parent: r.GetString(2),
            ParentColumns: r.GetFieldValue<string[]>(3), Deferrable: r.GetBoolean(4)))).ToLookup(l => l.Table);
        var read = new List<OwnTable>();
        foreach (var t in tables)
        {
            OwnColumn Of(short number) => columns[t.Oid].First(c => c.Number == number).Column;
            var key = unique[t.Oid].FirstOrDefault(u => u.IsPrimary
                || (u.Finds && u.Columns.All(n => !Of(n).IsNullable)));
            read.Add(new(
                t.Name,
                t.Relation,
                [.. columns[t.Oid].Select(c => c.Column)],
                [.. (key.Columns ?? []).Select(Of)],
                [.. links[t.Oid].Select(l => new OwnLink([.. l.Columns.Select(Of)], l.Parent, l.ParentColumns,
                    l.Deferrable))]
            )
            {
                Unique = [.. unique[t.Oid].Select(u => u.Columns.Select(n => Of(n).Name).ToList())],
                Count = withValues
                    ? (await ReadAsync($"SELECT count(*) FROM {t.Name}", r => r.GetInt64(0)))[0] : 0,
                Partitions = t.Partitions,
                Has = t.Has,
            });
        }

        foreach (var table in withValues ? read : [])
        {
            await ReadValuesAsync(table);
        }

        return read;
    }

    /// <summary>For each constraint and unique index, its columns, as table.column.</summary>
    internal async Task<ILookup<string, string>> ConstraintsAsync() =>
        (await ReadAsync(ConstraintsSql, r => (Name: r.GetString(0), Column: r.GetString(1))))
            .ToLookup(c => c.Name, c => c.Column);

    private async Task ReadValuesAsync(OwnTable table)
    {
        static string Texts(IEnumerable<string> columns) =>
            $"ARRAY[{string.Join(", ", columns.Select(c => $"{c}::text COLLATE \"C\""))}]";
        foreach (var column in table.Columns)
        {
            column.Values = await ReadAsync(
                $"""
                SELECT DISTINCT {column.Name}::text COLLATE "C"
                FROM (SELECT {column.Name} FROM {table.Name} ORDER BY {Texts(table.Finding.Select(c => c.Name))}
                    LIMIT {MostLooked}) s
                WHERE {column.Name} IS NOT NULL ORDER BY 1 LIMIT {MostValues}
                """,
                r => r.GetString(0)
            );
            if (column.Values.Count > 0 && column.NeighboursSql(table.Name, MostLooked) is { } sql)
            {
                column.Neighbours = (await ReadAsync(sql, r => r.GetString(0))).Except(column.Values)
                    .Take(MostValues).ToList();
            }
        }

        table.Rows = await ReadAsync(
            $"SELECT {Texts(table.Finding.Select(c => c.Name))} FROM {table.Name} ORDER BY 1 LIMIT {MostRows}",
            r => r.GetFieldValue<string?[]>(0)
        );
        foreach (var link in table.Links)
        {
            link.Parents = await ReadAsync(
                $"SELECT {Texts(link.ParentColumns)} FROM {link.Parent} "
                    + $"WHERE num_nulls({string.Join(", ", link.ParentColumns)}) = 0 ORDER BY 1 LIMIT {MostRows}",
                r => r.GetFieldValue<string?[]>(0)
            );
        }
    }

    private static OwnColumn ColumnOf(NpgsqlDataReader r) =>
        new(r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6)[0], r.GetBoolean(7),
            r.GetBoolean(8), r.IsDBNull(9) ? null : r.GetInt32(9), r.IsDBNull(10) ? null : r.GetInt32(10))
        {
            IsGenerated = r.GetBoolean(11),
            IsAlwaysIdentity = r.GetBoolean(12),
            Sequence = r.IsDBNull(13) ? null : r.GetString(13),
            Labels = r.GetFieldValue<string[]>(14),
            BaseType = r.GetString(15),
            Fields = r.GetFieldValue<string[]>(16),
        };

    /// <summary>The rows of a query.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="sql">The query; $1 stands for the relations that were there before.</param>
    /// <param name="row">Reads one.</param>
    internal async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (sql.Contains("$1", StringComparison.Ordinal))
        {
            command.Parameters.Add(new() { Value = others, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}

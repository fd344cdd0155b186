using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>
/// Reads what a user's TVIEWs are made of: each query becomes a view in a transaction that is rolled back, and the
/// catalogue tells its columns and what it depends on.
/// </summary>
/// <param name="folder">The queries.</param>
/// <param name="tables">The base tables.</param>
/// <param name="connection">An open connection to the database that has these tables.</param>
internal sealed partial class OwnTviews(
    SchemaFolder folder,
    IReadOnlyList<OwnTable> tables,
    NpgsqlConnection connection
)
{
    private const string ReadsSql = """
        WITH RECURSIVE used(relation) AS (
            SELECT to_regclass($1)::oid
            UNION
            SELECT d.refobjid FROM used u
            JOIN pg_class c ON c.oid = u.relation AND (c.relkind = 'v' AND NOT c.relname = ANY ($2) OR c.relname = $1)
            JOIN pg_rewrite r ON r.ev_class = c.oid
            JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
        )
        SELECT DISTINCT u.relation::regclass::text FROM used u JOIN pg_class c ON c.oid = u.relation
        WHERE c.relname <> $1 AND (c.relkind IN ('r', 'p') OR c.relname = ANY ($2)) ORDER BY 1
        """;

    private const string ColumnsSql = """
        SELECT a.attname::text,
            t.typname IN ('int2', 'int4', 'int8', 'bool', 'date', 'timestamp', 'timestamptz', 'uuid')
            OR t.typname IN ('text', 'varchar') AND l.collisdeterministic
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 ORDER BY a.attnum
        """;

    /// <summary>The TVIEWs, those that others read first.</summary>
    /// <exception cref="UserError">A query fails, has no key, or reads itself.</exception>
    internal async Task<IReadOnlyList<Tview>> ReadAsync()
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var left = folder.Tviews.OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        var read = new List<Tview>();
        while (left.Count > 0)
        {
            PostgresException? missing = null;
            FileStatement? at = null;
            var former = left.Count;
            foreach (var (name, query) in left.ToList())
            {
                if (await CreateAsync(name, query) is { } error)
                {
                    (missing, at) = (missing ?? error, at ?? query);
                    continue;
                }

                read.Add(await ReadAsync(name, query));
                left.RemoveAll(t => t.Key == name);
            }

            if (left.Count == former)
            {
                throw Unmade(missing!, at!, [.. left.Select(t => t.Key)]);
            }
        }

        return read;
    }

    private UserError Unmade(PostgresException missing, FileStatement at, IReadOnlyList<string> left)
    {
        var name = Quoted().Match(missing.MessageText) is { Success: true } quoted ? quoted.Groups[1].Value : "a table";
        return left.Contains(name.Split('.')[^1])
            ? new($"{string.Join(", ", left.Select(t => t + ".sql"))} read each other in a circle; a TVIEW can read "
                + "only TVIEWs that do not read it.")
            : new($"{at.Where} reads {name}, which is not there; there are the tables "
                + $"{string.Join(", ", tables.Select(t => t.Name))} and the TVIEWs "
                + $"{string.Join(", ", folder.Tviews.Keys.Order(StringComparer.Ordinal))}.");
    }

    // Null where it is made; an error where it reads what is not there, perhaps not yet.
    private async Task<PostgresException?> CreateAsync(string name, FileStatement query)
    {
        await ExecuteAsync("SAVEPOINT view");
        try
        {
            await ExecuteAsync($"CREATE VIEW {name} AS {query.Sql}");
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await ExecuteAsync("ROLLBACK TO view");
            return e;
        }
        catch (PostgresException e)
        {
            throw LoadedSchema.Refused(query, e);
        }
    }

    private async Task<Tview> ReadAsync(string name, FileStatement query)
    {
        var columns = await ReadAsync(ColumnsSql, r => (Name: r.GetString(0), IsPlain: r.GetBoolean(1)), name);
        var keys = columns.Where(c => c.Name.StartsWith("pk_", StringComparison.Ordinal)).ToList();
        if (keys.Count == 0)
        {
            throw new UserError($"{query.File} selects no column pk_…, so nothing tells its rows apart; select what "
                + $"does under such a name, for example AS pk_{name["tv_".Length..]}.");
        }

        // Where there are several, the first one is the key, as engines take it.
        var key = keys[0].Name;
        await RequireAKeyAsync(name, query, key);
        await RequireOneResultAsync(name, query);
        var reads = await ReadAsync(ReadsSql, r => r.GetString(0), name, folder.Tviews.Keys.ToArray());
        static string Quoted(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return new(name, key, query.Sql, [.. reads])
        {
            Texts = [.. columns.Where(c => !c.IsPlain).Select(c => Plain().IsMatch(c.Name) ? c.Name : Quoted(c.Name))],
            Forms = [.. FormsOf(query.Sql).Union(reads.Count > 1 ? [QueryForm.Join] : [])
                .Union(reads.Any(folder.Tviews.ContainsKey) ? [QueryForm.TviewOverTview] : [])],
        };
    }

    // As the suite itself writes queries: keywords in capitals, functions not, one blank.
    private static IReadOnlyList<QueryForm> FormsOf(string query)
    {
        var words = Word().Replace(query, m => m.Value switch
        {
            ['-', '-', ..] => "",
            ['\'', ..] => "''",
            var w when Keyword().IsMatch(w) => w.ToUpperInvariant(),
            var w => w.ToLowerInvariant(),
        });
        return QueryForms.Of(Blanks().Replace(words, m => m.Value[0] == '(' ? "(" : " "));
    }

    private async Task RequireAKeyAsync(string name, FileStatement query, string key)
    {
        var twice = await RunAsync(query, $"SELECT coalesce({key}::text, 'NULL') FROM {name} GROUP BY {key} "
            + $"HAVING count(*) > 1 OR {key} IS NULL LIMIT 1");
        if (twice is not null)
        {
            throw new UserError($"{query.File} gives the key {key} = {twice} {(twice == "NULL" ? "for some rows"
                : "for several rows")}; the first column pk_… must tell all rows apart.");
        }
    }

    // Asked twice, the second time with other plans.
    private async Task RequireOneResultAsync(string name, FileStatement query)
    {
        const string other = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_hashagg = off; "
            + "SET LOCAL enable_seqscan = off; SET LOCAL enable_mergejoin = off; ";
        var sum = $"SELECT md5(string_agg(to_jsonb(q.*)::text, '' ORDER BY to_jsonb(q.*)::text)) FROM {name} q";
        var first = await RunAsync(query, sum);
        await ExecuteAsync(other);
        var second = await RunAsync(query, sum);
        await ExecuteAsync(other.Replace("off", "on", StringComparison.Ordinal));
        if (first != second || Moment().Match(query.Sql) is { Success: true })
        {
            throw new UserError($"{query.File} gives other rows each time it is asked"
                + $"{(first == second ? $" ({Moment().Match(query.Sql).Value})" : "")}; a TVIEW depends on its tables "
                + "alone, so give every aggregate that keeps an order an ORDER BY with a unique end, and use no time, "
                + "user or random number.");
        }
    }

    private async Task<string?> RunAsync(FileStatement query, string sql)
    {
        try
        {
            return await new NpgsqlCommand(sql, connection).ExecuteScalarAsync() as string;
        }
        catch (PostgresException e)
        {
            throw LoadedSchema.Refused(query, e);
        }
    }

    private Task<int> ExecuteAsync(string sql) => new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    [GeneratedRegex(@"--[^\n]*|'(?:''|[^'])*'|\w+")]
    private static partial Regex Word();

    [GeneratedRegex("^(select|join|left|right|full|group|by|having|with|lateral|over|distinct|limit|union|except|"
        + "intersect)$", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword();

    [GeneratedRegex(@"\(?\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[a-z_][a-z0-9_]*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\b(now\s*\(\s*\)|current_(date|time|timestamp|user)|localtime(stamp)?|session_user)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Moment();
}

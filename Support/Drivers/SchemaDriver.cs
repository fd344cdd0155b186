using System.Text.RegularExpressions;
using Specs.Support.Contracts;
using Specs.Support.Model;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>The base tables and the TVIEWs of a scenario.</summary>
/// <param name="run">The run, whose engine makes the TVIEWs.</param>
/// <param name="statements">Where their statements run.</param>
/// <param name="requires">Skips the scenario where the engine does not take its queries.</param>
public sealed class SchemaDriver(Run run, Statements statements, Requirements requires)
{
    // The template's own tables have been looked at once; to look at the catalogue again takes ten times as long.
    private const string AnalyzeSql = """
        DO $do$ BEGIN
            EXECUTE (SELECT 'ANALYZE ' || string_agg(oid::regclass::text, ', ') FROM pg_class
                WHERE relkind IN ('r', 'p', 'm') AND relpersistence <> 't'
                    AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast'));
        END $do$
        """;

    private Schema? _schema;

    /// <summary>The tables of the scenario, in the form that the engine takes.</summary>
    public Schema Current => _schema ?? throw new InvalidOperationException("The scenario has no tables.");

    /// <summary>How many TVIEWs there are now.</summary>
    public int TviewCount { get; private set; }

    /// <summary>Whether TVIEWs that are made from now on have the trigger by which refreshes are counted.</summary>
    public bool RecordsRefreshes { get; set; } = true;

    /// <summary>
    /// Makes the base tables and, word for word as the plan does, the TVIEWs; records their refreshes.
    /// </summary>
    public async Task CreateAsync(Schema schema)
    {
        Take(schema);
        await statements.ExecuteAllAsync(schema.BaseTables);
        await CreateTviewsAsync();
        await statements.ExecuteAsync(AnalyzeSql);
    }

    /// <summary>
    /// Makes the base tables only, so that the cost of keeping TVIEWs can be told from that of writing at all.
    /// </summary>
    public Task CreateBaseTablesAsync(Schema schema)
    {
        Take(schema);
        return statements.ExecuteAllAsync($"{schema.BaseTables}; {AnalyzeSql}");
    }

    /// <summary>Makes one more TVIEW.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="query">Its defining query, whose first column named pk_* is the key.</param>
    public async Task CreateTviewAsync(string name, string query)
    {
        var tview = new Tview(name, Regex.Match(query, @"\bpk_\w+").Value, query);
        requires.Forms(new Schema("", tview));
        await statements.ExecuteAsync(run.Engine.CreateSql(tview));
    }

    /// <summary>Makes base tables, as a finding of the search for races has them.</summary>
    public Task CreateBaseTablesAsync(string sql) => CreateBaseTablesAsync(new Schema(sql));

    /// <summary>Makes TVIEWs over them.</summary>
    /// <param name="tviews">Name, key column and query of each, those that others read first.</param>
    public Task CreateTviewsAsync(IEnumerable<(string Name, string Key, string Query)> tviews)
    {
        Take(
            Current with
            {
                Tviews =
                [
                    .. tviews.Select(t => new Tview(t.Name, t.Key, t.Query, [.. DefiningQuery.TablesOf(t.Query)])),
                ],
            }
        );
        return CreateTviewsAsync();
    }

    /// <summary>SQL: the names of all TVIEWs that the engine knows, in one text.</summary>
    public string KnownNamesSql =>
        $"SELECT string_agg(name, ', ' ORDER BY name COLLATE \"C\") FROM ({run.Engine.Names}) t(name)";

    /// <summary>Drops the TVIEWs, those that others read last.</summary>
    public async Task DropTviewsAsync()
    {
        foreach (var tview in Current.Tviews.Reverse())
        {
            await statements.ExecuteAsync(run.Engine.DropSql(tview.Name));
        }

        Take(Current with { Tviews = [] });
    }

    /// <summary>What a TVIEW is called and must equal from now on, because something was renamed.</summary>
    /// <param name="name">Its name, perhaps with its schema.</param>
    /// <param name="query">Its defining query in the names of now.</param>
    public void Redefine(string name, string query) => _schema = Current with
    {
        Tviews = [new Tview(name, Current.Tviews[0].Key, query, [.. DefiningQuery.TablesOf(query)])],
    };

    private void Take(Schema schema)
    {
        requires.Forms(schema);
        _schema = run.Engine.FormOf(schema);
    }

    /// <summary>Makes the TVIEWs over base tables that are there.</summary>
    public async Task CreateTviewsAsync()
    {
        foreach (var tview in Current.Tviews)
        {
            foreach (var statement in run.Engine.SetupSql(tview))
            {
                await statements.ExecuteAsync(statement);
            }

            if (RecordsRefreshes && RefreshLog.IsKept(run.Engine.Profile))
            {
                await statements.ExecuteAsync(RefreshLog.WatchSql(tview));
            }
        }

        TviewCount = Current.Tviews.Length;
    }
}

using Npgsql;

namespace Specs.Support.Engines;

/// <summary>What an installed version of the extension has.</summary>
/// <param name="Schema">Where its functions are.</param>
/// <param name="Functions">Their names.</param>
/// <param name="Relations">Its tables and views.</param>
/// <param name="IsNew">Whether it keeps its things in the schema tviews, as versions since February 2026 do.</param>
/// <param name="HasLibrary">Whether any function is in its library, which sessions then need.</param>
/// <param name="IsPreloaded">Whether the server loads that into every session.</param>
public sealed record ExtensionCatalogue(
    string Schema,
    IReadOnlySet<string> Functions,
    IReadOnlySet<string> Relations,
    bool IsNew,
    bool HasLibrary,
    bool IsPreloaded
)
{
    private const string NewSchema = "tviews";

    /// <summary>Before it is known.</summary>
    internal static readonly ExtensionCatalogue Empty = new(
        "",
        new HashSet<string>(),
        new HashSet<string>(),
        false,
        false,
        false
    );

    /// <summary>The view that holds a TVIEW's defining query.</summary>
    /// <param name="tview">The TVIEW's name, in the schema public.</param>
    internal string BackingView(string tview) =>
        IsNew ? $"{NewSchema}.public__{tview}" : $"public.v_{tview["tv_".Length..]}";

    /// <summary>SQL: the names of all TVIEWs that it knows.</summary>
    internal string Names => IsNew
        ? $"SELECT split_part(relname, '__', 2) FROM pg_class WHERE relkind = 'v' AND relnamespace = "
            + $"'{NewSchema}'::regnamespace AND relname LIKE '%\\_\\_tv\\_%'"
        : "SELECT 'tv_' || entity FROM public.pg_tview_meta";

    /// <summary>Asks a database where the extension has been created.</summary>
    /// <param name="connection">An open connection to it.</param>
    /// <param name="extension">The extension's name.</param>
    internal static async Task<ExtensionCatalogue> ReadAsync(NpgsqlConnection connection, string extension)
    {
        await using var command = new NpgsqlCommand("""
            WITH member AS (SELECT classid, objid FROM pg_depend
                WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
                    AND refobjid = (SELECT oid FROM pg_extension WHERE extname = $1))
            SELECT 'function', p.proname::text, n.nspname::text, coalesce(p.probin, '') LIKE '%' || $1 || '%'
            FROM member JOIN pg_proc p ON classid = 'pg_proc'::regclass AND objid = p.oid
            JOIN pg_namespace n ON n.oid = pronamespace
            UNION ALL
            SELECT 'relation', c.relname, n.nspname, false
            FROM member JOIN pg_class c ON classid = 'pg_class'::regclass AND objid = c.oid
            JOIN pg_namespace n ON n.oid = relnamespace
            UNION ALL
            SELECT 'setting', trim(library), '', false
            FROM regexp_split_to_table(current_setting('shared_preload_libraries'), ',') library
            """, connection);
        command.Parameters.Add(new() { Value = extension });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string Kind, string Name, string Schema, bool InLibrary)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        }

        IReadOnlySet<string> Of(string kind) => rows.Where(r => r.Kind == kind).Select(r => r.Name).ToHashSet();
        return new(
            rows.FirstOrDefault(r => r.Name == "pg_tviews_create").Schema ?? "",
            Of("function"),
            Of("relation"),
            rows.Any(r => r.Kind != "setting" && r.Schema == NewSchema),
            rows.Any(r => r.InLibrary),
            Of("setting").Contains(extension)
        );
    }
}

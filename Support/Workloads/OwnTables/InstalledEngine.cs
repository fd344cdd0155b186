using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Engines;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>
/// The engine that is installed in somebody's database: its TVIEWs, and what it has made there besides, by what its
/// files say that they create.
/// </summary>
/// <param name="engine">The engine.</param>
internal sealed partial class InstalledEngine(TviewEngine engine)
{
    private readonly HashSet<string> _made = [.. Made().Matches(engine.InstallSql).Select(m => m.Groups["name"].Value)];

    /// <summary>The schemas that it has for itself.</summary>
    internal IReadOnlyList<string> Schemas { get; } =
        [.. OwnSchemas().Matches(engine.InstallSql).Select(m => m.Groups["name"].Value)];

    /// <summary>The TVIEWs, each with its SELECT.</summary>
    internal IReadOnlyList<(string Name, string Query)> Tviews { get; private set; } = [];

    /// <summary>Asks the engine's catalogue for its TVIEWs.</summary>
    /// <param name="connection">An open connection to the database.</param>
    /// <exception cref="UserError">The engine is not installed there, or does not tell.</exception>
    internal async Task ReadAsync(NpgsqlConnection connection)
    {
        var sql = engine.Definitions ?? throw new UserError($"The engine {engine.Name} has no definitions.sql, which "
            + "selects the name and the SELECT of each TVIEW; write it, or leave '--engine' out.");
        try
        {
            Tviews = await new Catalogue(connection, []).ReadAsync(sql, r => (r.GetString(0), r.GetString(1)));
        }
        catch (PostgresException e)
        {
            throw new UserError($"The database {connection.Database} does not tell the TVIEWs of the engine "
                + $"{engine.Name} ({e.MessageText}); leave '--engine' out where it is not installed there.");
        }

        // They become names of files.
        if (Tviews.Select(t => t.Name).FirstOrDefault(n => !SchemaFolder.IsTview($"{n}.sql")) is { } strange)
        {
            throw new UserError($"The database {connection.Database} has the TVIEW '{strange}', which no folder of "
                + "tables can hold: there a TVIEW is called tv_ and small letters, digits and underscores.");
        }
    }

    /// <summary>The options with which pg_dump leaves out the engine's schemas and the TVIEWs.</summary>
    internal IEnumerable<string> DumpOptions =>
        [
            .. Schemas.Select(s => $"--exclude-schema={s}"),
            .. Tviews.Select(t => $"--exclude-table={t.Name}"),
        ];

    /// <summary>
    /// A dump without what else is the engine's: triggers on base tables, event triggers, public functions and views.
    /// </summary>
    internal string LeftOutOf(string dump) =>
        string.Concat(Entries().Split(dump).Where(entry => !IsOwn(entry)));

    private bool IsOwn(string entry) =>
        Heading().Match(entry) is { Success: true } heading
        && (_made.Contains(heading.Groups["name"].Value)
            || Schemas.Any(s => Regex.IsMatch(entry, $@"\b{s}\.")));

    [GeneratedRegex(@"^CREATE SCHEMA (IF NOT EXISTS )?(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex OwnSchemas();

    [GeneratedRegex(@"^CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|VIEW|TABLE|TYPE|SEQUENCE|EVENT TRIGGER) (public\.)?"
        + @"(?<name>\w+)\b(?!\.)", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex("^(?=--\n-- Name: )", RegexOptions.Multiline)]
    private static partial Regex Entries();

    [GeneratedRegex(@"\A--\n-- Name: (?<name>\w+)[^\n]*; Type: ")]
    private static partial Regex Heading();
}

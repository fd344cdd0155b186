using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>
/// The extension pg_tviews itself, wherever the server has it from. Its versions differ under one version number, so
/// what one can do is asked of the catalogue (<see cref="ExtensionCatalogue"/>), never of the version.
/// </summary>
public sealed partial class ExtensionEngine : TviewEngine
{
    /// <summary>The name of the extension, of its library and of its packaged files.</summary>
    internal const string Extension = ExtensionPackage.Extension;

    private static readonly string[] NotThere = ["0A000", "58P01", "22023"];

    private ExtensionCatalogue _catalogue = ExtensionCatalogue.Empty;

    /// <inheritdoc/>
    public override string Name => "extension";

    /// <summary>Old versions refresh row by row, new ones when the outermost writing statement ends.</summary>
    public override FlushPoint FlushPoint => FlushPoint.Statement;

    /// <summary>
    /// It is there already, it is not there (any more), its tables are too busy to be locked, it still has work to do.
    /// </summary>
    public override IReadOnlyCollection<string> DeclaredErrors { get; } = ["42P07", "42704", "42P01", "55P03", "55000"];

    /// <inheritdoc/>
    public override string QueueSize =>
        _catalogue.Functions.Contains("pg_tviews_queue_stats") ? base.QueueSize : "NULL::bigint";

    /// <inheritdoc/>
    public override string Names => _catalogue.Names;

    /// <inheritdoc/>
    public override string? SearchPath =>
        _catalogue.Schema is "" or "public" ? null : $"\"$user\", public, {_catalogue.Schema}";

    /// <inheritdoc/>
    public override string? BackingView(string tview) => _catalogue.BackingView(tview);

    /// <summary>A TVIEW that is gone must have taken its view along, and the other way round.</summary>
    public override string Leftovers => $"""
        SELECT format('orphaned view of %s', v.name) FROM ({_catalogue.Names}) v(name) WHERE to_regclass(v.name) IS NULL
        """;

    /// <inheritdoc/>
    public override Schema FormOf(Schema schema) =>
        schema with
        {
            Tviews = [.. schema.Tviews.Select(ExtensionDialect.Of)],
        };

    /// <inheritdoc/>
    public override Unsupported? UnsupportedScenario(IReadOnlyCollection<string> tags) =>
        tags.Contains("reference") ? new("it says in which words, or for which queries, the reference engine does it")
        : tags.Contains("flush-at-commit")
            ? new("it is for engines that refresh at COMMIT, and the extension does so when a statement ends")
        : null;

    /// <inheritdoc/>
    public override Unsupported? UnsupportedStatement(string sql) =>
        Own()
            .Matches(sql)
            .Select(m => m.Value)
            .FirstOrDefault(name => !_catalogue.Functions.Contains(name) && !_catalogue.Relations.Contains(name))
            is { } missing
            ? new($"the installed version of the extension has no {missing}")
            : null;

    /// <summary>Creates the extension in a database and asks what this version of it has.</summary>
    /// <exception cref="UserError">The server does not have it, or has not loaded it.</exception>
    public override async Task InstallAsync(NpgsqlConnection connection)
    {
        try
        {
            await new NpgsqlCommand($"CREATE EXTENSION {Extension} CASCADE", connection).ExecuteNonQueryAsync();
        }
        catch (PostgresException e) when (NotThere.Contains(e.SqlState))
        {
            throw new UserError(
                $"The server has no extension {Extension} that it could create ({e.MessageText}); install it there, "
                    + "or give the folder of its package with '--extension', or an image that has it in SPECS_PG_IMAGE."
            );
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new UserError(
                $"This user of the server may not create the extension {Extension} ({e.MessageText}); use one who may."
            );
        }

        _catalogue = await ExtensionCatalogue.ReadAsync(connection);
        if (!_catalogue.Functions.Contains("pg_tviews_create"))
        {
            throw new UserError($"The extension {Extension} that this server has cannot make TVIEWs (it has no "
                + "function pg_tviews_create); install one that can.");
        }

        if (_catalogue is { HasLibrary: true, IsPreloaded: false })
        {
            // Without it, some versions take CREATE TABLE tv_x AS for an ordinary table, and say nothing.
            throw new UserError($"The server does not load {Extension} into its sessions; add it to "
                + "shared_preload_libraries and restart the server.");
        }

        await new NpgsqlCommand($"SET search_path = {SearchPath ?? "DEFAULT"}", connection).ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public override async Task<string> VersionAsync(NpgsqlConnection connection) =>
        $"extension {Extension} {await base.VersionAsync(connection)}, catalogue of its "
            + $"{(_catalogue.IsNew ? "newer" : "older")} versions";

    [GeneratedRegex(@"\bpg_tviews?_\w+|\btviews_reference\b")]
    private static partial Regex Own();
}

using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>
/// The extension pg_tviews itself, wherever the server has it from. Its versions differ under one version number, so
/// what one can do is asked of the catalogue (<see cref="ExtensionCatalogue"/>), never of the version.
/// </summary>
/// <param name="folder">Its profile and its SQL.</param>
public sealed partial class ExtensionEngine(EngineFolder folder) : TviewEngine(folder)
{
    private ExtensionCatalogue _catalogue = ExtensionCatalogue.Empty;

    /// <inheritdoc/>
    public override string? QueueSize =>
        _catalogue.Functions.Contains("pg_tviews_queue_stats") ? base.QueueSize : null;

    /// <inheritdoc/>
    public override string? Health =>
        _catalogue.Functions.Contains("pg_tviews_health_check") ? base.Health : null;

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
    public override Tview FormOf(Tview tview) => ExtensionDialect.Of(tview);

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
        await base.InstallAsync(connection);
        _catalogue = await ExtensionCatalogue.ReadAsync(connection, Profile.Package!);
        if (!_catalogue.Functions.Contains("pg_tviews_create"))
        {
            throw new UserError($"The extension {Profile.Package} that this server has cannot make TVIEWs (it has no "
                + "function pg_tviews_create); install one that can.");
        }

        if (_catalogue is { HasLibrary: true, IsPreloaded: false })
        {
            // Without it, some versions take CREATE TABLE tv_x AS for an ordinary table, and say nothing.
            throw new UserError($"The server does not load {Profile.Package} into its sessions; add it to "
                + "shared_preload_libraries and restart the server.");
        }

        await new NpgsqlCommand($"SET search_path = {SearchPath ?? "DEFAULT"}", connection).ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public override async Task<string> VersionAsync(NpgsqlConnection connection) =>
        $"extension {Profile.Package} {await base.VersionAsync(connection)}, catalogue of its "
            + $"{(_catalogue.IsNew ? "newer" : "older")} versions";

    [GeneratedRegex(@"\bpg_tviews?_\w+|\btviews_reference\b")]
    private static partial Regex Own();
}

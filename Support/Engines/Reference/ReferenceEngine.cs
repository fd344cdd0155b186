using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>
/// The suite's own engine: it can be broken on purpose, and does without event triggers where a server allows none.
/// </summary>
/// <param name="folder">Its profile and its SQL.</param>
/// <param name="fault">How it is broken on purpose; null for the sound engine.</param>
public sealed partial class ReferenceEngine(EngineFolder folder, SeededFault? fault) : TviewEngine(folder)
{
    private const string Events = "9-events";
    private const string NotAllowed = "42501";

    private bool _hasEvents = true;

    /// <inheritdoc/>
    public override string Name => fault is null ? base.Name : $"{base.Name} with the fault {fault.Name}";

    /// <inheritdoc/>
    public override string InstallSql => base.InstallSql + fault?.Sql;

    /// <inheritdoc/>
    public override async Task InstallAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var scripts = Folder.Install.Where(n => n != Events).Select(n => Folder.Sql(n)!);
        foreach (var script in scripts.Append(fault?.Sql ?? "SELECT"))
        {
            await new NpgsqlCommand(script, connection).ExecuteNonQueryAsync();
        }

        await transaction.SaveAsync("events");
        try
        {
            await new NpgsqlCommand(Folder.Sql(Events), connection).ExecuteNonQueryAsync();
        }
        catch (PostgresException e) when (e.SqlState == NotAllowed)
        {
            await transaction.RollbackAsync("events");
            _hasEvents = false;
        }

        await transaction.CommitAsync();
    }

    /// <inheritdoc/>
    public override Unsupported? UnsupportedStatement(string sql) => !_hasEvents && NeedsEvents().IsMatch(sql)
        ? new("this user of the server may not create event triggers, which CREATE TABLE tv_… AS, DROP TABLE tv_… "
            + "and ALTER TABLE need") : null;

    /// <summary>Word for word as the plan does, where that is possible.</summary>
    public override IEnumerable<string> SetupSql(Tview tview) =>
        !_hasEvents
            ? base.SetupSql(tview)
            : [$"CREATE TABLE {tview.Name} AS {tview.Query}",
                $"SELECT pg_tviews_convert_existing_table('{tview.Name}')"];

    /// <inheritdoc/>
    public override async Task<string> VersionAsync(NpgsqlConnection connection) =>
        await base.VersionAsync(connection)
        + (fault is null ? "" : $", BROKEN ON PURPOSE ({fault.Name}: {fault.Broken})");

    [GeneratedRegex(
        @"create\s+table\s+\S*tv_.*\sas\s|pg_tviews_convert_existing_table|drop\s+table"
            + @"|alter\s+(table|schema)\s+\S+\s+(rename|set\s+schema|owner)|alter\s+table\s+tv_|attach\s+partition",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex NeedsEvents();
}

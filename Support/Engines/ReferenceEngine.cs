using System.Text.RegularExpressions;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>The suite's own engine: plain SQL and PL/pgSQL, the executable definition of the TVIEW contract.</summary>
/// <param name="fault">How it is broken on purpose; null for the sound engine.</param>
public sealed partial class ReferenceEngine(SeededFault? fault) : TviewEngine
{
    private const string Events = "Reference/9-events";
    private const string NotAllowed = "42501";

    private bool _hasEvents = true;

    /// <inheritdoc/>
    public override string Name => fault is null ? "reference" : $"reference with the fault {fault.Name}";

    /// <inheritdoc/>
    public override FlushPoint FlushPoint => FlushPoint.Commit;

    /// <summary>It is there already, it is not there (any more), its tables are too busy to be locked.</summary>
    public override IReadOnlyCollection<string> DeclaredErrors { get; } = ["42P07", "42704", "42P01", "55P03"];

    /// <inheritdoc/>
    public override string Names => "SELECT name FROM pg_tview_meta";

    /// <inheritdoc/>
    public override string Leftovers => """
        SELECT format('queued key: %s owes a refresh of %s', xid, tview::regclass) FROM tviews_reference.queue
        UNION ALL SELECT format('unused ticket of transaction %s', xid) FROM tviews_reference.ticket
        UNION ALL
        SELECT format('orphaned trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger
        WHERE starts_with(tgname, 'tview_')
            AND split_part(tgname, '_', 2)::oid NOT IN (SELECT relation FROM tviews_reference.tview)
        UNION ALL
        SELECT format('orphaned view %s', c.oid::regclass) FROM pg_class c
        WHERE relnamespace = 'tviews_reference'::regnamespace AND relkind = 'v'
            AND c.oid NOT IN (SELECT backing FROM tviews_reference.tview)
        UNION ALL
        SELECT format('orphaned function %s', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'tviews_reference'::regnamespace AND proname ~ '^(capture|walk|refresh)_\d+'
            AND split_part(proname, '_', 2)::oid NOT IN (SELECT relation FROM tviews_reference.tview)
        UNION ALL
        SELECT format('catalogue row of a dropped TVIEW (%s)', relation) FROM tviews_reference.tview
        WHERE relation NOT IN (SELECT oid FROM pg_class)
        UNION ALL
        SELECT format('noted query of a dropped table (%s)', relation) FROM tviews_reference.noted
        WHERE relation NOT IN (SELECT oid FROM pg_class)
        """;

    /// <inheritdoc/>
    public override async Task InstallAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (
            var script in Resources
                .In("Reference/")
                .Where(n => n != Events)
                .Select(Resources.Text)
                .Append(fault?.Sql ?? "SELECT")
        )
        {
            await new NpgsqlCommand(script, connection).ExecuteNonQueryAsync();
        }

        await transaction.SaveAsync("events");
        try
        {
            await new NpgsqlCommand(Resources.Text(Events), connection).ExecuteNonQueryAsync();
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
        ? new("this user of the server may not create event triggers, which CREATE TABLE tv_… AS and DROP TABLE tv_… "
            + "need") : null;

    /// <summary>Word for word as the plan does, where that is possible.</summary>
    public override IEnumerable<string> CreateSql(string name, string query) =>
        !_hasEvents
            ? base.CreateSql(name, query)
            : [$"CREATE TABLE {name} AS {query}", $"SELECT pg_tviews_convert_existing_table('{name}')"];

    /// <inheritdoc/>
    public override async Task<string> VersionAsync(NpgsqlConnection connection) =>
        await base.VersionAsync(connection)
        + (fault is null ? "" : $", BROKEN ON PURPOSE ({fault.Name}: {fault.Broken})");

    [GeneratedRegex(
        @"create\s+table\s+\S*tv_.*\sas\s|pg_tviews_convert_existing_table|drop\s+table",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex NeedsEvents();
}

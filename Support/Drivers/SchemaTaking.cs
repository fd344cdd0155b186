using System.Diagnostics;
using Npgsql;
using Shouldly;
using Specs.Support.Hosts;

namespace Specs.Support.Drivers;

/// <summary>A database that somebody has, out of which a folder of tables is made.</summary>
/// <param name="database">The scenario's database.</param>
/// <param name="statements">Asks it.</param>
/// <param name="specs">Makes the folder.</param>
/// <param name="requires">Skips the scenario where pgbench is missing.</param>
public sealed class SchemaTaking(
    ScenarioDatabase database,
    Statements statements,
    CommandLine specs,
    Requirements requires
)
{
    private const string Written = "SELECT (sum(n_tup_ins + n_tup_upd + n_tup_del))::text FROM pg_stat_all_tables";

    private string? _before;

    /// <summary>Lets pgbench make its tables.</summary>
    /// <param name="options">The options of pgbench.</param>
    public async Task FillAsync(string options)
    {
        requires.ClientPrograms();
        var target = new NpgsqlConnectionStringBuilder(database.Connection.ConnectionString);
        var start = new ProcessStartInfo(Programs.FindClient("pgbench")!, ["-q", .. options.Split(' '),
            "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, database.Name])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, said);
    }

    /// <summary>Makes the folder, in sessions that may not write.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="rows">How many rows of each table.</param>
    public async Task TakeAsync(string folder, int rows)
    {
        await database.WaitForSessionsToEndAsync();
        _before = await statements.ReadAsync(Written);
        var target = new NpgsqlConnectionStringBuilder(database.Connection.ConnectionString);
        var mine = new NpgsqlConnectionStringBuilder
        {
            Host = target.Host,
            Port = target.Port,
            Username = target.Username,
            Password = target.Password,
            Database = database.Name,
            Options = "-c default_transaction_read_only=on",
        };
        await specs.TypeAsync("schema", "take", folder, "--schema-from", mine.ConnectionString, "--rows", $"{rows}");
    }

    /// <summary>Fails where a row was written since; sessions tell that when they end.</summary>
    public async Task ShouldBeUntouchedAsync()
    {
        await database.WaitForSessionsToEndAsync();
        await statements.ExecuteAsync("SELECT pg_stat_clear_snapshot()");
        (await statements.ReadAsync(Written)).ShouldBe(_before);
    }
}

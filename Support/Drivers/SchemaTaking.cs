using Npgsql;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Drivers;

/// <summary>A database that somebody has, out of which a folder of tables is made.</summary>
/// <param name="run">The run, whose server has it.</param>
/// <param name="specs">Makes the folder.</param>
/// <param name="cleanUp">Drops the database with the scenario.</param>
/// <param name="requires">Skips the scenario where pgbench is missing.</param>
public sealed class SchemaTaking(Run run, CommandLine specs, CleanUp cleanUp, Requirements requires) : IAsyncDisposable
{
    // Autovacuum writes statistics whenever it comes, and other databases what all share.
    private const string Written = """
        SELECT sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del)::text
        FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
        WHERE NOT c.relisshared AND s.relname NOT LIKE 'pg\_statistic%' AND s.schemaname <> 'pg_toast'
        """;

    private string? _name, _before;

    private NpgsqlConnectionStringBuilder Target => new(run.Databases.ConnectionTo(_name!));

    /// <summary>Lets pgbench make its tables.</summary>
    /// <param name="options">The options of pgbench.</param>
    public async Task FillAsync(string options)
    {
        requires.ClientPrograms();
        cleanUp.Own(this);
        _name = await run.Databases.CopyAsync("template1");
        var (code, _, errors) = await Programs.RunClientAsync(
            Programs.FindClient("pgbench")!, Target.ConnectionString, ["-q", .. options.Split(' ')]);
        code.ShouldBe(0, errors);
    }

    /// <summary>Installs the run's engine in it, and makes the TVIEWs of a folder of the suite's.</summary>
    /// <param name="folder">The folder, from the tree's root.</param>
    public async Task InstallAsync(string folder)
    {
        requires.That(run.Engine.Definitions is not null, $"{run.Engine.Name} does not tell the SELECTs of its TVIEWs");
        await using var connection = new NpgsqlConnection(Target.ConnectionString);
        await connection.OpenAsync();
        await run.Engine.InstallAsync(connection);
        foreach (var (name, query) in SchemaFolder.Read(Path.Combine(RunOptions.TreeRoot(), folder)).Tviews)
        {
            var sql = run.Engine.CreateSql(new(name, "pk_" + name["tv_".Length..], query.Sql));
            await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
        }
    }

    /// <summary>Makes the folder, in sessions that may not write.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="rows">How many rows of each table.</param>
    /// <param name="installed">Whether the run's engine is installed there.</param>
    public async Task TakeAsync(string folder, int rows, bool installed)
    {
        _before = await CountAsync();
        var mine = new NpgsqlConnectionStringBuilder(Target.ConnectionString)
        {
            Options = "-c default_transaction_read_only=on",
        };
        await specs.TypeAsync(["schema", "take", folder, "--schema-from", mine.ConnectionString, "--rows", $"{rows}",
            .. installed ? ["--engine", run.Options.Engine.Path] : Array.Empty<string>()]);
    }

    /// <summary>Fails where a row was written since.</summary>
    public async Task ShouldBeUntouchedAsync() => (await CountAsync()).ShouldBe(_before);

    // Sessions tell what they have written when they end.
    private async Task<string?> CountAsync()
    {
        await using var connection = new NpgsqlConnection(Target.ConnectionString);
        await connection.OpenAsync();
        await SessionFleet.WaitForEndAsync(connection, run.Options.Timeout);
        await using var command = new NpgsqlCommand(Written, connection);
        return (string?)await command.ExecuteScalarAsync();
    }

    /// <summary>Drops the database.</summary>
    public ValueTask DisposeAsync()
    {
        if (_name is not null)
        {
            run.Databases.Discard(_name);
            _name = null;
        }

        return default;
    }
}

using Npgsql;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>The small disk on which a scenario's database may lie; the server's log lies elsewhere.</summary>
/// <param name="run">The run, whose host makes it.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="statements">Where a TVIEW is moved.</param>
/// <param name="fleet">The scenario's sessions.</param>
/// <param name="cleanUp">Takes it away.</param>
/// <param name="requires">Skips the scenario where there can be none.</param>
public sealed class DiskDriver(
    Run run,
    ScenarioDatabase database,
    Statements statements,
    FleetDriver fleet,
    CleanUp cleanUp,
    Requirements requires
) : IAsyncDisposable
{
    private const string Tablespace = "specs_small";

    /// <summary>The disk; null where there is none.</summary>
    public SmallDisk? Current { get; private set; }

    /// <summary>Makes it, and moves the scenario's database there.</summary>
    public async Task MoveDatabaseAsync()
    {
        await MakeAsync();
        await database.DisconnectAsync();
        await ExecuteAsync($"ALTER DATABASE {database.Name} SET TABLESPACE {Tablespace}");
        await database.ReconnectAsync();
    }

    /// <summary>Makes it, and moves a TVIEW there.</summary>
    /// <param name="tview">Its name.</param>
    public async Task MoveTviewAsync(string tview)
    {
        await MakeAsync();
        await statements.ExecuteAsync($"ALTER TABLE {tview} SET TABLESPACE {Tablespace}");
    }

    private async Task MakeAsync()
    {
        requires.KillableServer();
        Current = await run.Host.MakeSmallDiskAsync();
        requires.That(Current is not null, "no small file system can be mounted here: only root may mount one");
        cleanUp.Own(this);
        await ExecuteAsync($"CREATE TABLESPACE {Tablespace} LOCATION '{Current!.Folder}'");
    }

    /// <summary>Drops the database, and takes the disk away.</summary>
    public async ValueTask DisposeAsync()
    {
        await fleet.CloseAsync();
        await database.DropAsync();
        await ExecuteAsync($"DROP TABLESPACE IF EXISTS {Tablespace}");
        await Current!.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(run.Host.Admin);
        await connection.OpenAsync();
        await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync();
    }
}

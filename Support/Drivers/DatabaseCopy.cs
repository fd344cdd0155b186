using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>The scenario goes on in a copy of its database; the original is dropped.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="fleet">Its sessions, which connect to the copy.</param>
/// <param name="requires">Skips the scenario where there is no pg_dump for this server.</param>
public sealed class DatabaseCopy(Run run, ScenarioDatabase database, FleetDriver fleet, Requirements requires)
{
    /// <summary>Copies it by CREATE DATABASE … TEMPLATE: files and oids are the same.</summary>
    public Task ByTemplateAsync() => MoveAsync(run.Databases.CopyAsync);

    /// <summary>Copies it by pg_dump and pg_restore: names are the same, and oids are not.</summary>
    /// <param name="jobs">How many connections restore.</param>
    public async Task ByDumpAsync(int jobs)
    {
        await requires.DumpProgramsAsync();
        await MoveAsync(async source =>
        {
            var target = await run.Databases.CreateEmptyAsync();
            await DumpRestore.CopyAsync(
                run.Databases.ConnectionTo(source),
                run.Databases.ConnectionTo(target),
                jobs,
                run.NewFolder("dump")
            );
            return target;
        });
    }

    private async Task MoveAsync(Func<string, Task<string>> copyAsync)
    {
        await fleet.CloseAsync();
        await database.MoveAsync(copyAsync);
        await fleet.ReopenAsync();
    }
}

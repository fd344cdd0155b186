using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Hosts;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>Makes a scenario's database into one of which every permutation gets a copy.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The database.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="statements">Prepares it.</param>
/// <param name="cleanUp">Ends permutations with the scenario.</param>
/// <param name="requires">Skips the scenario where there is no such pooler.</param>
public sealed class Arenas(
    Run run,
    ScenarioDatabase database,
    SchemaDriver schema,
    Statements statements,
    CleanUp cleanUp,
    Requirements requires
)
{
    /// <summary>As many server connections as drawn races have sessions, those that end what is prepared too.</summary>
    internal static readonly PoolerOptions Pooling = new(PoolMode.Transaction, false, 10, 100);

    /// <summary>
    /// Prepares it for races whose sessions say their levels, and are held; the permutations end with the scenario.
    /// </summary>
    /// <param name="pooled">Whether sessions connect through transaction pooling.</param>
    /// <param name="most">How many are taken at once, at the most; null for as many as the processors bear.</param>
    internal async Task<Explorer> ExploreAsync(bool pooled, int? most = null)
    {
        var arena = await OpenAsync("read committed", held: true, pooled ? Pooling : null);
        var explorer = new Explorer(arena, most);
        cleanUp.Own(explorer);
        if (arena.Pooler is { } pooler)
        {
            cleanUp.Own(pooler);
        }

        return explorer;
    }

    /// <summary>Prepares it, and closes the scenario's own connection: a copy is made of what nobody uses.</summary>
    /// <param name="isolation">The level of transactions that say none, as SQL says it.</param>
    /// <param name="held">Whether sessions are held at the injection point.</param>
    /// <param name="pooling">How they connect; null for directly.</param>
    public async Task<ExplorationContext> OpenAsync(string isolation, bool held, PoolerOptions? pooling)
    {
        if (held)
        {
            await statements.ExecuteAsync(InjectionPoint.InstallSql(schema.Current));
        }

        if (pooling is not null)
        {
            requires.Pooler(pooling);
        }

        await statements.ExecuteAsync(Checkpoint.SaveSql);
        var start = await ServerHealth.StartTimeAsync(database.Connection);
        await database.DisconnectAsync();
        var pooler = pooling is null
            ? null
            : await run.Host.StartPoolerAsync(new NpgsqlConnectionStringBuilder(run.Host.Admin).Database!, pooling);
        return new(
            run.Databases,
            run.Host,
            run.Engine,
            database.Name,
            schema.Current,
            isolation,
            pooler,
            start,
            run.Options.Timeout
        );
    }
}

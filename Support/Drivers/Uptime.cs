using System.Collections.Concurrent;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>A long load that is looked at after each tenth of it: what does it keep?</summary>
/// <param name="run">The run, which is long in a soak.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Its tables.</param>
/// <param name="fleet">Its sessions.</param>
/// <param name="judge">Judges whether autovacuum gets to work.</param>
/// <param name="requires">Skips the scenario where nobody may ask for a backend's memory.</param>
public sealed class Uptime(
    Run run,
    ScenarioDatabase database,
    SchemaDriver schema,
    FleetDriver fleet,
    Judge judge,
    Requirements requires
) : IDisposable
{
    private const int Tenths = 10;

    private readonly ConcurrentQueue<ResourceLook> _looks = new();
    private readonly SemaphoreSlim _turn = new(1);
    private int _lookedAt;

    /// <summary>Lets the sessions work, and looks at their backends and the database after each tenth.</summary>
    /// <param name="profile">What each does.</param>
    /// <param name="times">How often all of them together.</param>
    /// <param name="inSoak">The same in the first repetition of a soak.</param>
    public async Task RunAsync(TransactionProfile profile, int times, int inSoak)
    {
        // A proof ends the run of a broken engine that takes long, and it shows in the short form, too.
        var isLong = run.Options.Repeat > 1 && run.Repetition == 1 && run.Options.Fault is null;
        var each = Math.Max(1, (isLong ? inSoak : times) / fleet.Sessions.Count / Tenths) * Tenths;
        await RequireRightsAsync();
        await fleet.RunAsync(profile with { Body = Watched(profile.Body, each / Tenths) }, each);
        fleet.Resources = [.. _looks];
    }

    /// <summary>
    /// Fails where autovacuum does not come to a table that has enough dead rows. A server of the suite's own looks
    /// every second then; on another one that would take minutes, and nothing is concluded.
    /// </summary>
    public async Task RequireAutovacuumAsync()
    {
        const string claim = "autovacuum gets to work";
        if (!run.Host.CanRestart)
        {
            judge.Omit(claim, "the settings of this server are not the suite's to change");
            return;
        }

        string? left = null;
        await ServerSettings.DuringAsync(run.Host.Admin, "autovacuum_naptime", "1s", () => Poll.UntilAsync(
            async () => (left = await ResourceUse.UnvisitedAsync(database.Connection)) is null,
            run.Options.Timeout
        ));
        judge.Require(CheckResult.From(Model.Contract.Bounded, claim, left is null ? [] : [$"not to {left}"]));
    }

    /// <summary>By the scenario's container.</summary>
    public void Dispose() => _turn.Dispose();

    private TransactionBody Watched(TransactionBody body, int tenth) => async (session, iteration, cancel) =>
    {
        await body(session, iteration, cancel);
        if (iteration % tenth == 0)
        {
            await LookAsync(session, iteration / tenth, cancel);
        }
    };

    // The first session that comes to the end of a tenth looks at the database for all.
    private async Task LookAsync(Session session, int tenth, CancellationToken cancel)
    {
        foreach (var look in await ResourceUse.OfBackendAsync(session, tenth, cancel))
        {
            _looks.Enqueue(look);
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (_lookedAt >= tenth)
            {
                return;
            }

            _lookedAt = tenth;
            foreach (var look in await ResourceUse.OfDatabaseAsync(database.Connection, schema.Current, tenth))
            {
                _looks.Enqueue(look);
            }

            // After the look, so that each is of what a tenth has left; what the last one leaves is autovacuum's.
            if (tenth < Tenths)
            {
                await ResourceUse.VacuumAsync(database.Connection);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RequireRightsAsync()
    {
        await using var command = new NpgsqlCommand(
            "SELECT has_function_privilege('pg_get_backend_memory_contexts()', 'EXECUTE')", database.Connection);
        requires.That((bool)(await command.ExecuteScalarAsync())!,
            "this user of the server may not ask for the memory of a backend (pg_read_all_stats may)");
    }
}

using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>What holds after any work whatever: exact, once, in order, nothing left, the same server.</summary>
public static class TviewContract
{
    /// <summary>Judges a database whose sessions rest.</summary>
    /// <param name="connection">An open connection to it.</param>
    /// <param name="engine">The engine under test.</param>
    /// <param name="schema">The TVIEWs.</param>
    /// <param name="serverStart">When the server's process had started, before the work.</param>
    /// <param name="log">The work's slice of the server's log; null where it cannot be read.</param>
    /// <returns>The conclusions, good and bad.</returns>
    public static async Task<List<CheckResult>> JudgeAsync(
        NpgsqlConnection connection, TviewEngine engine, Schema schema, DateTime serverStart, string? log)
    {
        var results = await CheckEquivalenceAsync(connection, engine, schema);
        if (engine.FlushPoint == FlushPoint.Commit)
        {
            results.Add(await CheckResult.TryAsync(RefreshLog.Once, () => RefreshLog.CheckOnceAsync(connection)));
        }

        results.Add(await CheckResult.TryAsync(RefreshLog.InOrder, () => RefreshLog.CheckOrderAsync(connection, schema)));
        results.Add(await CheckResult.TryAsync(Residue.Contract, () => Residue.CheckAsync(connection, engine)));
        results.Add(await CheckResult.TryAsync(ServerHealth.Contract, () => ServerHealth.CheckAsync(connection, serverStart, log)));
        return results;
    }

    /// <summary>Contract 1 for every TVIEW of a schema: by the suite's own text and, where the engine keeps one, by the engine's view.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="engine">The engine under test.</param>
    /// <param name="schema">The TVIEWs.</param>
    public static async Task<List<CheckResult>> CheckEquivalenceAsync(NpgsqlConnection connection, TviewEngine engine, Schema schema)
    {
        var results = new List<CheckResult>();
        foreach (var tview in schema.Tviews)
        {
            results.Add(await CheckResult.TryAsync(Equivalence.Contract(tview), () => Equivalence.CheckAsync(connection, tview)));
            if (engine.BackingView(tview.Name) is { } view)
            {
                var contract = $"{Equivalence.Contract(tview)}, as {view} states it";
                results.Add(await CheckResult.TryAsync(contract, async () =>
                    await Equivalence.CheckAsync(connection, tview with { Query = $"TABLE {view}" }) with { Contract = contract }));
            }
        }

        return results;
    }
}

using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>The single clients of a scenario about pooling, by the names that the feature gives them.</summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="pooler">How clients connect.</param>
/// <param name="judge">Concludes.</param>
/// <param name="requires">Skips the scenario where one client would wait for what only it can end.</param>
public sealed class PooledClients(
    Run run,
    ScenarioDatabase database,
    PoolerDriver pooler,
    Judge judge,
    Requirements requires
) : IDisposable
{
    private readonly Dictionary<string, PooledClient> _clients = [];

    /// <summary>The pooler's options, by the words with which features say them.</summary>
    /// <param name="pooling">For example "session pooling".</param>
    /// <exception cref="UserError">The words are not known.</exception>
    public static (PoolMode Mode, bool ResetAlways) Pooling(string pooling) => pooling switch
    {
        "transaction pooling" => (PoolMode.Transaction, false),
        "transaction pooling with server_reset_query_always=1" => (PoolMode.Transaction, true),
        "session pooling" => (PoolMode.Session, false),
        _ => throw new UserError($"PgBouncer does not know '{pooling}'; it knows: transaction pooling, "
            + "transaction pooling with server_reset_query_always=1, session pooling."),
    };

    /// <summary>A client changes rows of tb_test in a transaction; it connects where it has not yet.</summary>
    /// <param name="name">The client.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The last row.</param>
    /// <param name="then">What it does then.</param>
    public async Task ChangeAsync(string name, int first, int last, string then)
    {
        if (then.StartsWith("prepares", StringComparison.Ordinal))
        {
            requires.Promise("lets writers of different rows go on");
        }

        if (!_clients.TryGetValue(name, out var client))
        {
            _clients.Add(name, client = await PooledClient.OpenAsync(
                name, pooler.Route, run.Engine.QueueSize ?? "NULL::bigint", run.Options.Timeout));
            if (_clients.Count == 1)
            {
                await client.MarkAsync();
            }
        }

        await client.ChangeAsync(first, last);
        await client.DoAsync(then);
    }

    /// <summary>A client ends the transaction that another one has prepared.</summary>
    /// <param name="name">The client.</param>
    /// <param name="commit">Whether it commits it.</param>
    /// <param name="other">The other client.</param>
    public async Task EndPreparedAsync(string name, bool commit, string other)
    {
        await _clients[name].EndPreparedAsync(other, commit);
        VisitOf(other).Committed = commit;
    }

    /// <summary>What a client saw.</summary>
    public BackendObservation VisitOf(string name) => _clients[name].Visit;

    /// <summary>Whether each client refreshed its own rows and no others.</summary>
    public async Task RequireOwnRowsAsync()
    {
        var profile = run.Engine.Profile;
        if (!profile.IsImmediate || profile.Writes == WritingStyle.Whole)
        {
            judge.Omit("each client refreshed its own rows",
                profile.IsImmediate ? "the engine writes the whole TVIEW anew" : "no client refreshes anything");
            return;
        }

        judge.Require(
            await PoolingProof.OwnRowsAsync(database.Connection, [.. _clients.Values.Select(client => client.Visit)])
        );
    }

    /// <summary>Whether the next client owed nothing before it wrote.</summary>
    /// <param name="first">The client before.</param>
    /// <param name="next">The client after.</param>
    public void RequireEmptyQueue(string first, string next)
    {
        if (run.Engine.QueueSize is null)
        {
            judge.Omit($"client {next} found its refresh queue empty", "the engine does not say how long its queue is");
            return;
        }

        judge.Require(PoolingProof.EmptyQueue(VisitOf(first), VisitOf(next), run.Engine.Profile.Refreshes));
    }

    /// <summary>Disconnects those that have not done so themselves.</summary>
    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}

namespace Specs.Support.Drivers;

/// <summary>The end of a scenario. (The container disposes what is IDisposable, and no more.)</summary>
/// <param name="fleet">Its sessions, with their pooler.</param>
/// <param name="database">Its database.</param>
public sealed class CleanUp(FleetDriver fleet, ScenarioDatabase database) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];

    /// <summary>Gives something up together with the scenario.</summary>
    public void Own(IAsyncDisposable thing) => _owned.Add(thing);

    /// <summary>Leaves what is owned, and the database, to somebody who gives it up himself, in this order.</summary>
    internal IReadOnlyList<IAsyncDisposable> Leave()
    {
        IReadOnlyList<IAsyncDisposable> left = [.. _owned, database.Leave()];
        _owned.Clear();
        return left;
    }

    /// <summary>
    /// Gives up what is owned, closes the sessions, ends the pooler and drops the database, in this order.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var thing in _owned)
        {
            await thing.DisposeAsync();
        }

        _owned.Clear();
        await fleet.CloseAsync();
        await database.DisposeAsync();
    }
}

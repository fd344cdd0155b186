using Specs.Support.Engines;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// What goes on beside a load: the refreshes of an engine that refreshes later, and the counting of tokens.
/// </summary>
public sealed class BesideLoad : IAsyncDisposable
{
    // A scheduler comes every second or so. This one comes more often, so that a load of a few seconds meets many
    // refreshes; but without any pause it would take the time of a small machine.
    private static readonly TimeSpan RefreshPause = TimeSpan.FromMilliseconds(20);

    // The lag cannot be told more exactly than that.
    private static readonly TimeSpan CountPause = TimeSpan.FromMilliseconds(5);

    private readonly SessionFleet _fleet;
    private readonly List<(Session, TransactionProfile)> _sessions = [];
    private readonly List<TokenCount> _counts = [];
    private TaskCompletionSource _nextRefresh = NewRefresh();

    private BesideLoad(SessionFleet fleet, string? refresh, Tview? counted)
    {
        _fleet = fleet;
        if (refresh is not null)
        {
            _sessions.Add((fleet.Sessions[0], new(History.Refresher, (session, _, cancel) =>
                RefreshAsync(session, refresh, cancel))));
        }

        if (counted is not null)
        {
            _sessions.Add((fleet.Sessions[^1], Tokens.Count(counted, CountPause, _counts.Add)));
        }
    }

    /// <summary>The sessions with what they repeat.</summary>
    public IReadOnlyList<(Session Session, TransactionProfile Transaction)> Sessions => _sessions;

    /// <summary>What was counted, in the order of time.</summary>
    public IReadOnlyList<TokenCount> Counts => _counts;

    /// <summary>Opens the sessions.</summary>
    /// <param name="route">How they reach the server.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="counted">The TVIEW whose tokens are counted; null for none.</param>
    public static async Task<BesideLoad> OpenAsync(Route route, TviewEngine engine, Tview? counted)
    {
        var refresh = engine.Profile.IsImmediate ? null : engine.RefreshSql;
        var sessions = (refresh is null ? 0 : 1) + (counted is null ? 0 : 1);
        return new(await SessionFleet.OpenAsync(route, sessions, 0, CancellationToken.None), refresh, counted);
    }

    /// <summary>Waits until a refresh is done that begins after now; not at all where nobody here refreshes.</summary>
    /// <param name="cancel">Stops waiting.</param>
    public Task NextRefreshAsync(CancellationToken cancel) =>
        _sessions.Exists(s => s.Item2.Kind == History.Refresher)
            ? Volatile.Read(ref _nextRefresh).Task.WaitAsync(cancel)
            : Task.CompletedTask;

    /// <summary>Refreshes and counts once more: what was committed last must be seen, too.</summary>
    public async Task FinishAsync()
    {
        foreach (var (session, transaction) in _sessions)
        {
            await session.RunAsync(transaction, 1, CancellationToken.None);
        }
    }

    /// <summary>Closes the sessions.</summary>
    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private async Task RefreshAsync(Session session, string sql, CancellationToken cancel)
    {
        await Task.Delay(RefreshPause, cancel);
        var waitedFor = Interlocked.Exchange(ref _nextRefresh, NewRefresh());
        try
        {
            await session.ExecuteOnceAsync(sql, cancel);
        }
        finally
        {
            waitedFor.SetResult();
        }
    }

    private static TaskCompletionSource NewRefresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

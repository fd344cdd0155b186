using System.Diagnostics;
using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>A number of sessions that are opened first and then started together.</summary>
public sealed class SessionFleet : IAsyncDisposable
{
    // Authentication costs the server processor time: a thousand handshakes at once time out before they are served.
    private const int OpenedAtOnce = 16;

    private readonly Route _route;
    private readonly NpgsqlDataSource _source;
    private readonly List<Session> _sessions = [];

    private SessionFleet(Route route) => (_route, _source) = (route, route.Source());

    /// <summary>The sessions, in the order of their numbers.</summary>
    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>Opens a fleet.</summary>
    /// <param name="route">How its sessions reach the server.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="NpgsqlException">A session could not be opened; none stays open then.</exception>
    public static async Task<SessionFleet> OpenAsync(Route route, int count, int seed, CancellationToken cancel)
    {
        var fleet = new SessionFleet(route);
        var sessions = new Session[count];
        try
        {
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancel },
                async (i, stop) =>
                {
                    sessions[i] = new Session(i + 1, seed, fleet._source, route);
                    await sessions[i].OpenAsync(stop);
                });
        }
        catch
        {
            fleet._sessions.AddRange(sessions.Where(s => s is not null));
            await fleet.DisposeAsync();
            throw;
        }

        fleet._sessions.AddRange(sessions);
        return fleet;
    }

    /// <summary>
    /// Starts every session at the same moment and waits until all have finished. Sessions from
    /// <paramref name="auditors"/> repeat their transaction until the others are done.
    /// </summary>
    /// <param name="work">What a session does and how often, by its number from 1.</param>
    /// <param name="auditors">Sessions of another fleet with what they repeat.</param>
    /// <param name="limit">How long that may take.</param>
    /// <param name="rate">How many transactions all sessions together begin each second; null for as fast as they
    /// can.</param>
    /// <param name="lasting">For how long sessions begin transactions, however many; null for their number.</param>
    /// <param name="meanwhile">What goes wrong meanwhile: until it is over they begin transactions, however many; null
    /// for nothing.</param>
    /// <exception cref="StalledException">It took longer; holds what the server was doing.</exception>
    public async Task<LoadResult> RunAsync(
        Func<Session, (TransactionProfile Transaction, int Times)> work,
        IReadOnlyList<(Session Session, TransactionProfile Transaction)> auditors,
        TimeSpan limit,
        int? rate = null,
        TimeSpan? lasting = null,
        Disturbance? meanwhile = null)
    {
        var start = new TaskCompletionSource<ArrivalSchedule?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var done = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        var already = _sessions.Concat(auditors.Select(a => a.Session)).ToDictionary(s => s, s => s.Operations.Count);

        var tasks = _sessions.ToDictionary(s => s, work);
        var counted = lasting is null && meanwhile is null;
        var happening = Task.CompletedTask;
        var look = new LookDuringWork(
            counted ? tasks.Values.Sum(t => t.Times) : 0,
            auditors.Any(a => IsAudit(a.Transaction))
        );
        var asked = counted ? [.. tasks.Values.Select(t => t.Times)] : new int[_sessions.Count];
        var began = 0L;
        foreach (var (session, (_, times)) in tasks)
        {
            session.Expect(counted ? times : 0);
        }

        bool HasMore(int i, int times) =>
            counted ? i <= times
            : lasting is null ? !happening.IsCompleted || !look.HasLooked
            : Stopwatch.GetElapsedTime(began) < lasting;

        async Task<bool> OpensAgainAsync(Session session)
        {
            if (meanwhile?.SessionsConnectAgain == true)
            {
                await session.ReopenAsync(late.Token);
            }

            return meanwhile?.SessionsConnectAgain == true;
        }

        // Task.Run: the step that called this may run on a single-threaded synchronization context.
        var workers = tasks
            .Select(t =>
                Task.Run(async () =>
                {
                    var (s, (transaction, times)) = t;
                    var pace = await start.Task;
                    for (var i = 1; HasMore(i, times); i++)
                    {
                        asked[s.Number - 1] = counted ? times : i;
                        var due = pace is null ? null : await pace.WaitAsync(s.Number, i, late.Token);
                        await look.BeforeWorkAsync(late.Token);
                        if (!await s.RunAsync(transaction, i, due, late.Token) && !await OpensAgainAsync(s))
                        {
                            break;
                        }

                        look.AfterWork();
                    }
                })
            )
            .ToList();
        var watchers = auditors
            .Select(a =>
                Task.Run(async () =>
                {
                    await start.Task;
                    var goesOn = true;
                    for (var i = 1; goesOn && !done.IsCancellationRequested; i++)
                    {
                        Task<bool> OnceAsync() => a.Session.RunAsync(a.Transaction, i, late.Token);
                        goesOn = await (IsAudit(a.Transaction) ? look.LookAsync(OnceAsync, done.Token) : OnceAsync())
                            || await OpensAgainAsync(a.Session);
                        if (!goesOn && IsAudit(a.Transaction))
                        {
                            look.NobodyLooks();
                        }
                    }
                })
            )
            .ToList();

        began = Stopwatch.GetTimestamp();
        happening = meanwhile?.RunAsync(late.Token) ?? Task.CompletedTask;
        start.SetResult(rate is { } perSecond ? new ArrivalSchedule(perSecond, _sessions.Count, began) : null);
        var everyone = Task.WhenAll(
            Task.WhenAll(workers).ContinueWith(_ => done.Cancel(), TaskScheduler.Default),
            Task.WhenAll(watchers)
        );
        if (await Task.WhenAny(everyone, Task.Delay(limit)) != everyone)
        {
            string dump;
            try
            {
                dump = await StallReport.TakeAsync(_route);
            }
            finally
            {
                await late.CancelAsync();       // else they would work on beside the next scenario
            }

            await StallReport.TerminateAsync(_route);
            await Task.WhenAny(Task.WhenAll(everyone, happening), Task.Delay(TimeSpan.FromSeconds(10)));
            throw new StalledException(
                limit, dump, new History(already.SelectMany(a => a.Key.Operations.Skip(a.Value).ToList())));
        }

        await Task.WhenAll(workers);
        await everyone;
        await happening;
        return new LoadResult(
            asked,
            Stopwatch.GetElapsedTime(began),
            new History(already.SelectMany(a => a.Key.Operations.Skip(a.Value))));
    }

    private static bool IsAudit(TransactionProfile transaction) => transaction.Kind == History.Auditor;

    /// <summary>
    /// Waits until the server has ended every other session of a database. Closing a connection does not wait for
    /// that, and a session reports its counters, and gives its locks back, when it ends.
    /// </summary>
    /// <param name="connection">An open connection to the database.</param>
    /// <param name="limit">How long that may take.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task WaitForEndAsync(NpgsqlConnection connection, TimeSpan limit)
    {
        await using var others = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            connection
        );
        if (!await Poll.UntilAsync(async () => (long)(await others.ExecuteScalarAsync())! == 0, limit))
        {
            throw new TimeoutException($"Sessions had not ended {limit.TotalSeconds:0} s after they were closed.");
        }
    }

    /// <summary>Closes every session.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        await _source.DisposeAsync();
    }
}

/// <summary>What one start of a fleet brought.</summary>
/// <param name="Asked">How many transactions each session was asked for, in the order of their numbers.</param>
/// <param name="Duration">From the common start to the end of the last session.</param>
/// <param name="History">What they did.</param>
public sealed record LoadResult(IReadOnlyList<int> Asked, TimeSpan Duration, History History)
{
    /// <summary>
    /// How long after each commit a TVIEW showed it, in milliseconds; empty where nobody looked on, or it is
    /// visible together with the commit.
    /// </summary>
    public IReadOnlyList<double> Lags { get; init; } = [];

    /// <summary>What went wrong meanwhile, because it was made to, in the order of time.</summary>
    public IReadOnlyList<Injection> Injections { get; init; } = [];

    /// <summary>How many sessions worked.</summary>
    public int Sessions => Asked.Count;
}

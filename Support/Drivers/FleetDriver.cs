using System.Data;
using Specs.Support.Contracts;
using Specs.Support.Faults;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// The session-fleet driver that all scenarios share: opens the sessions, and lets them work at once.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Its TVIEWs, for the auditors.</param>
/// <param name="pooler">How sessions connect.</param>
/// <param name="measurements">Receives what ran.</param>
/// <param name="requires">Skips the scenario where the server does not take its sessions.</param>
/// <param name="known">Knows of which scenarios it is documented that they do not finish.</param>
public sealed class FleetDriver(Run run, ScenarioDatabase database, SchemaDriver schema, PoolerDriver pooler,
    Measurements measurements, Requirements requires, KnownFindings known)
{
    private SessionFleet? _fleet;
    private SessionFleet? _auditors;
    private int _asked;

    /// <summary>The sessions that were opened.</summary>
    public IReadOnlyList<Session> Sessions =>
        (_fleet ?? throw new InvalidOperationException("The scenario has opened no sessions.")).Sessions;

    /// <summary>The isolation level of all transactions; null leaves each profile its own.</summary>
    public IsolationLevel? Isolation { get; private set; }

    private RetryPolicy _retry = RetryPolicy.Never;

    /// <summary>Whether auditors are opened together with the sessions.</summary>
    public bool AuditEveryLoad { get; set; }

    /// <summary>Whether somebody counts the tokens that the TVIEW shows.</summary>
    public bool CountsTokens { get; set; }

    /// <summary>What was in use after each tenth of a long load; empty where nobody has looked.</summary>
    public IReadOnlyList<ResourceLook> Resources { get; set; } = [];

    private readonly List<TokenCount> _tokenCounts = [];
    private BesideLoad? _beside;

    /// <summary>What was counted, in the order of time.</summary>
    public IReadOnlyList<TokenCount> TokenCounts => _tokenCounts;

    /// <summary>Whether auditors have looked on.</summary>
    public bool IsAudited { get; private set; }

    /// <summary>Sets the level of all transactions.</summary>
    /// <param name="level">As SQL says it.</param>
    /// <param name="onlyWhereServed">Skips the scenario where the engine says that it refuses to write there.</param>
    public void TakeLevel(string level, bool onlyWhereServed = true)
    {
        if (onlyWhereServed)
        {
            requires.Level(level);
        }

        Isolation = Enum.Parse<IsolationLevel>(level.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);
    }

    /// <summary>
    /// From now on transactions that fail with an error that the engine calls retryable are tried again.
    /// </summary>
    public void RetryAllowed() => _retry = RetryPolicy.After(run.Engine.Profile.Retryable);

    /// <summary>Opens the sessions of the scenario.</summary>
    /// <param name="count">How many the scenario asks for.</param>
    public async Task OpenAsync(int count)
    {
        if (pooler.Current is null)
        {
            requires.Capacity(count);
        }

        await CloseFormerAsync();
        _asked = count;
        _fleet = await SessionFleet.OpenAsync(pooler.Route, run.SessionsFor(count), run.Seed, CancellationToken.None);
        if (AuditEveryLoad)
        {
            await OpenAuditorsAsync();
        }
    }

    /// <summary>Opens as many as there were, anew; none where there were none.</summary>
    internal Task ReopenAsync() => _asked == 0 ? Task.CompletedTask : OpenAsync(_asked);

    /// <summary>
    /// Opens one auditor for each TVIEW, unless the engine lets it differ from its query for a while.
    /// </summary>
    /// <param name="route">How they reach the server; null for as the sessions do, without a pooler.</param>
    public async Task OpenAuditorsAsync(Route? route = null) =>
        _auditors = run.Engine.Profile.IsImmediate
            ? await SessionFleet.OpenAsync(
                route ?? database.Route,
                schema.Current.Tviews.Length,
                run.Seed,
                CancellationToken.None
            )
            : null;

    /// <summary>Lets every session do the same, so many times.</summary>
    public Task RunAsync(TransactionProfile profile, int times) => RunAsync([new(_asked, times, profile)]);

    /// <summary>Lets every session do the same until all faults were injected.</summary>
    /// <param name="profile">What.</param>
    /// <param name="faults">What goes wrong meanwhile.</param>
    public Task RunAsync(TransactionProfile profile, FaultInjections faults) =>
        RunAsync([new(_asked, 0, profile)], null, faults);

    /// <summary>Lets every session do the same again and again.</summary>
    /// <param name="profile">What.</param>
    /// <param name="lasting">For how long.</param>
    public Task RunAsync(TransactionProfile profile, TimeSpan lasting) => RunAsync([new(_asked, 0, profile)], lasting);

    /// <summary>Lets all sessions work at once, each at its profile.</summary>
    /// <param name="shares">How many of the sessions, how often, what.</param>
    /// <param name="lasting">For how long, however often; null for as often as the shares say.</param>
    /// <param name="faults">What goes wrong meanwhile, and for how long they work; null for nothing.</param>
    /// <exception cref="Configuration.UserError">The shares do not add up to the sessions that the scenario asked
    /// for.</exception>
    public async Task RunAsync(
        IReadOnlyList<WorkShare> shares,
        TimeSpan? lasting = null,
        FaultInjections? faults = null
    )
    {
        WorkShare.RequireTotal(shares, _asked, run.Options.Sessions);
        var audits = _auditors?.Sessions
            .Select((s, i) => (s, Audit.Of(schema.Current.Tviews[i]))).ToArray() ?? [];
        var tasks = WorkShare.Deal(shares, Sessions, Isolation, _retry);
        await run.WaitForStartAsync();
        var before = await CountAsync();
        await using var beside = _beside = await BesideLoad.OpenAsync(
            database.Route,
            run.Engine,
            CountsTokens ? schema.Current.Tviews[0] : null
        );
        var load = await WorkAsync(tasks, [.. audits, .. beside.Sessions], lasting, faults);
        await beside.FinishAsync();
        _tokenCounts.AddRange(beside.Counts);
        IsAudited |= _auditors is not null;
        var levels = shares.Select(s => NameOf(Isolation ?? s.Profile.Isolation)).Distinct();
        // Where it is visible together with the commit, what would be measured is how often somebody looks.
        load = run.Engine.Profile.IsImmediate
            ? load
            : load with { Lags = Tokens.Lags(load.History, beside.Counts) };
        measurements.Add(load, string.Join(", ", levels), await CountAsync() - before);
    }

    private async Task<LoadResult> WorkAsync(
        Dictionary<Session, (TransactionProfile, int)> tasks,
        IReadOnlyList<(Session, TransactionProfile)> beside,
        TimeSpan? lasting,
        FaultInjections? faults
    )
    {
        try
        {
            var load = await _fleet!.RunAsync(
                s => tasks[s], beside, run.Options.Timeout, run.Options.Rate, lasting, faults?.Disturbance);
            return load with { Injections = faults?.Done ?? [] };
        }
        catch (StalledException e)
        {
            known.Throw(new BrokenContractException([new Completion().Check(e)], run.Seed));
            throw;
        }
    }

    private Task<long> CountAsync() => RefreshLog.CountAsync(database.Connection, run.Engine.Profile.Writes);

    /// <summary>What a session does, by the words of the features.</summary>
    public TransactionProfile ProfileNamed(string name)
    {
        if (name.EndsWith("drops the table", StringComparison.Ordinal))
        {
            requires.DropTable();
            requires.Statement("DROP TABLE tv_extra");
        }

        Task NextRefreshAsync(CancellationToken cancel) => _beside?.NextRefreshAsync(cancel) ?? Task.CompletedTask;
        return TransactionProfiles.WordsOf(run.Engine, run.Options.Timeout, NextRefreshAsync).Named(name);
    }

    /// <summary>
    /// Closes the sessions, ends their pooler and waits until the server has ended all that they began.
    /// </summary>
    public async Task CloseAsync()
    {
        await (_fleet?.DisposeAsync() ?? default);
        await (_auditors?.DisposeAsync() ?? default);
        if (await pooler.EndAsync() || _fleet is not null)
        {
            await database.WaitForSessionsToEndAsync();
        }

        _fleet = _auditors = null;
    }

    // The pooler ends with the sessions; those that are opened next want one like it.
    private async Task CloseFormerAsync()
    {
        if (_fleet is not null)
        {
            var former = pooler.Current?.Options;
            await CloseAsync();
            await (former is null ? Task.CompletedTask : pooler.StartAsync(former));
        }
    }

    private static string NameOf(IsolationLevel? level) =>
        level is null
            ? "the server's default"
            : System
                .Text.RegularExpressions.Regex.Replace(level.ToString()!, "(?<=[a-z])(?=[A-Z])", " ")
                .ToUpperInvariant();
}

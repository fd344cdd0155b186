using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Hooks;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>What the steps of one scenario share: its database, its sessions, and what they did.</summary>
public sealed partial class World : IAsyncDisposable
{
    private readonly List<LoadResult> _loads = [];
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<WorkloadMetrics> _metrics = [];
    private NpgsqlConnection? _connection;
    private string? _database;
    private SessionFleet? _fleet;
    private SessionFleet? _auditors;
    private DateTime _serverStart;
    private long _logStart;
    private bool _audited;

    private static Run Run => RunHooks.Current;

    /// <summary>Which scenario.</summary>
    public ScenarioId Scenario { get; set; } = new("", "");

    /// <summary>The command that runs it.</summary>
    public string Command { get; set; } = "";

    /// <summary>Whether the scenario is about the suite: what it shows is made by hand, and says nothing about an engine.</summary>
    public bool IsAboutSuite { get; set; }

    /// <summary>The tables of the scenario.</summary>
    public Schema Schema { get; private set; } = null!;

    /// <summary>The isolation level of all transactions; null leaves each deed its own.</summary>
    public System.Data.IsolationLevel? Isolation { get; set; }

    /// <summary>Whether transactions that fail are tried again.</summary>
    public RetryPolicy Retry { get; set; } = RetryPolicy.Never;

    /// <summary>What ran, in order.</summary>
    public IReadOnlyList<LoadResult> Loads => _loads;

    /// <summary>The figures of what ran.</summary>
    public IReadOnlyList<WorkloadMetrics> Metrics => _metrics;

    /// <summary>The seed of the run.</summary>
    public int Seed => Run.Seed;

    /// <summary>The scenario's own connection, beside those of its sessions.</summary>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("The scenario has no database.");

    /// <summary>The scenario's database.</summary>
    public string Database => _database ?? throw new InvalidOperationException("The scenario has no database.");

    /// <summary>The sessions that were opened.</summary>
    public SessionFleet Fleet => _fleet ?? throw new InvalidOperationException("The scenario has opened no sessions.");

    /// <summary>How long a step may wait.</summary>
    public TimeSpan Timeout => Run.Options.Timeout;

    private Route Route => Route.Direct(Run.Databases.ConnectionTo(Database));

    private string? Log => Run.Host.ReadLog(_logStart);

    internal async Task BeginAsync()
    {
        _logStart = Run.Host.LogLength;
        _database = await Run.Databases.CreateAsync();
        _connection = new NpgsqlConnection(Run.Databases.ConnectionTo(_database));
        await _connection.OpenAsync();
        _serverStart = await ServerHealth.StartTimeAsync(_connection);
    }

    /// <summary>Whether TVIEWs that are made from now on have the trigger by which refreshes are counted.</summary>
    public bool RecordsRefreshes { get; set; } = true;

    /// <summary>Makes the base tables and, word for word as the plan does, the TVIEWs; records their refreshes.</summary>
    public async Task CreateAsync(Schema schema)
    {
        Schema = Engine.FormOf(schema);
        await ExecuteAsync(schema.BaseTables);
        await CreateTviewsAsync();
        await ExecuteAsync("ANALYZE");
    }

    private async Task CreateTviewsAsync()
    {
        foreach (var tview in Schema.Tviews)
        {
            foreach (var statement in Engine.CreateSql(tview.Name, tview.Query))
            {
                await ExecuteAsync(statement);
            }

            if (RecordsRefreshes)
            {
                await ExecuteAsync(RefreshLog.WatchSql(tview));
            }
        }
    }

    /// <summary>Closes the scenario's own connection for good: a database to which somebody is connected cannot be copied.</summary>
    public async Task LeaveDatabaseAsync()
    {
        NpgsqlConnection.ClearPool(Connection);
        await Connection.DisposeAsync();
        _connection = null;
    }

    /// <summary>Opens the sessions of the scenario.</summary>
    public async Task OpenSessionsAsync(int count)
    {
        var most = Math.Max(Run.Options.Sessions ?? 0, Run.Options.Connections);
        Xunit.Skip.If(Pooler is null && count > most && Run.Options.Sessions is null,
            $"the server of this run was asked for {most} connections; './specs bench' and SPECS_CONNECTIONS={count} ask for more");
        await CloseFormerSessionsAsync();
        _fleet = await SessionFleet.OpenAsync(SessionRoute, Run.Options.Sessions ?? count, Seed, CancellationToken.None);
        if (AuditEveryLoad)
        {
            await OpenAuditorsAsync();
        }
    }

    /// <summary>Whether auditors are opened together with the sessions.</summary>
    public bool AuditEveryLoad { get; set; }

    /// <summary>How long auditors rest between two looks; where they do not, they take the time of a small machine.</summary>
    public TimeSpan AuditPause { get; set; }

    /// <summary>Opens one auditor for each TVIEW.</summary>
    public async Task OpenAuditorsAsync()
    {
        _auditors = await SessionFleet.OpenAsync(Route, Schema.Tviews.Length, Seed, CancellationToken.None);
    }

    /// <summary>Closes the sessions, kills the server with SIGKILL, starts it again and connects anew.</summary>
    public async Task CrashServerAsync()
    {
        Xunit.Skip.IfNot(Run.Host.CanRestart, $"the host {Run.Host.Name} is not the suite's to kill");
        await CloseSessionsAsync();
        await Run.Host.KillAsync();
        await Run.Host.StartAsync();
        await Connection.DisposeAsync();
        _connection = new NpgsqlConnection(Run.Databases.ConnectionTo(Database));
        await _connection.OpenAsync();
        _serverStart = await ServerHealth.StartTimeAsync(_connection);
        _logStart = Run.Host.LogLength;     // what the crash itself left in the log is no finding
    }

    /// <summary>Lets all sessions work at once, each at its deed, so many times.</summary>
    /// <param name="deeds">How many of the sessions, how often, what.</param>
    public async Task RunAsync(IReadOnlyList<(int Share, int Times, TransactionProfile Deed)> deeds)
    {
        var audits = _auditors?.Sessions.Select((s, i) => (s, Audit.Of(Schema.Tviews[i], AuditPause))).ToArray() ?? [];
        var tasks = Fleet.Sessions.ToDictionary(s => s, s => TaskOf(s, Fleet.Sessions.Count, deeds));
        await Run.WaitForStartAsync();
        var before = await CountRefreshesAsync();
        var load = await Fleet.RunAsync(s => tasks[s], audits, Run.Options.Timeout, Run.Options.Rate);
        _loads.Add(load);
        _audited |= _auditors is not null;
        Measure(load, string.Join(", ", deeds.Select(d => NameOf(Isolation ?? d.Deed.Isolation)).Distinct()), await CountRefreshesAsync() - before);
    }

    /// <summary>What a session does, by the words of the features.</summary>
    public TransactionProfile DeedNamed(string name)
    {
        var refusal = name.EndsWith("drops the table", StringComparison.Ordinal) ? Engine.WhyNot("DROP TABLE tv_extra") : null;
        Xunit.Skip.If(refusal is not null, refusal);
        return new Definitions(Run.Engine.DeclaredErrors).Named(name) ?? TransactionProfiles.Named(name);
    }

    // The sessions are dealt out in the order of the deeds, in proportion to their shares.
    private (TransactionProfile, int) TaskOf(Session session, int sessions, IReadOnlyList<(int Share, int Times, TransactionProfile Deed)> deeds)
    {
        var place = (session.Number - 0.5) * deeds.Sum(d => d.Share) / sessions;
        var (_, times, deed) = deeds.First(d => (place -= d.Share) < 0);
        return (deed with { Isolation = Isolation ?? deed.Isolation, Retry = Retry }, times);
    }

    /// <summary>The last load, for the checks.</summary>
    public LoadResult Load => _loads.Count > 0 ? _loads[^1] : throw new InvalidOperationException("Nothing has run yet.");

    /// <summary>Runs a statement on the scenario's own connection.</summary>
    /// <remarks>The scenario is skipped where the engine, as it is installed, cannot know such a statement.</remarks>
    public async Task ExecuteAsync(string sql)
    {
        Xunit.Skip.If(Engine.WhyNot(sql) is not null, Engine.WhyNot(sql));
        await using var command = new NpgsqlCommand(sql, Connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs statements that may be refused; a block that they began is rolled back.</summary>
    /// <returns>The server's error; null where there was none.</returns>
    public async Task<PostgresException?> TryAsync(string sql)
    {
        try
        {
            await ExecuteAsync(sql);
            return null;
        }
        catch (PostgresException e)
        {
            await ExecuteAsync("ROLLBACK");
            return e;
        }
    }

    /// <summary>Runs a statement as a role that owns nothing here; every server has pg_signal_backend.</summary>
    public async Task<PostgresException?> TryAsOrdinaryRoleAsync(string sql)
    {
        Xunit.Skip.If(await ReadAsync("SELECT 'no' WHERE NOT pg_has_role('pg_signal_backend', 'MEMBER')") is not null,
            "this user of the server may not act as another role");
        await ExecuteAsync("SET ROLE pg_signal_backend");
        var refusal = await TryAsync(sql);
        await ExecuteAsync("RESET ROLE");
        return refusal;
    }

    /// <summary>The one text that a query gives.</summary>
    public async Task<string?> ReadAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return (string?)await command.ExecuteScalarAsync();
    }

    internal string KeepEvidence(string problem)
    {
        Run.Report.Keep(Scenario, "problem.txt", problem);
        KeepPoolerLog();
        return Log is { Length: > 0 } log ? $"\nThe server's log of this scenario: {Run.Report.Keep(Scenario, "server.log", log)}" : "";
    }

    /// <summary>Gives something up together with the scenario. (The runtimes dispose what is IDisposable, and no more.)</summary>
    public void Own(IAsyncDisposable thing) => _owned.Add(thing);

    /// <summary>Closes the sessions and drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var thing in _owned)
        {
            await thing.DisposeAsync();
        }

        _owned.Clear();
        await CloseSessionsAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_database is not null)
        {
            Run.Databases.Discard(_database);
            _database = null;
        }
    }

    /// <summary>Closes the sessions, ends their pooler and waits until the server has ended all that they began.</summary>
    public async Task CloseSessionsAsync()
    {
        await (_fleet?.DisposeAsync() ?? default);
        await (_auditors?.DisposeAsync() ?? default);
        if ((await EndPoolerAsync() || _fleet is not null) && _connection is not null)
        {
            await SessionFleet.WaitForEndAsync(_connection, Run.Options.Timeout);
        }

        _fleet = _auditors = null;
    }
}

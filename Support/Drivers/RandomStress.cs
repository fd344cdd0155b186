using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// Random statements over random schemas, in rounds with a comparison after each. Every few rounds a new schema takes
/// a fresh database; it ends with the first round in which something was found.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schemas">Makes each schema.</param>
/// <param name="statements">Sets the database up.</param>
/// <param name="fleet">The sessions.</param>
/// <param name="measurements">What they did.</param>
/// <param name="judge">Concludes after each round.</param>
/// <param name="reduction">Takes apart what is found.</param>
/// <param name="races">Tells a permutation that shows it.</param>
/// <param name="world">The scenario.</param>
/// <param name="requires">Skips the scenario where the server's log cannot be read.</param>
public sealed class RandomStress(
    Run run,
    ScenarioDatabase database,
    RandomSchemas schemas,
    Statements statements,
    FleetDriver fleet,
    Measurements measurements,
    Judge judge,
    LoadReduction reduction,
    RaceReduction races,
    World world,
    Requirements requires
)
{
    private const int MostFindings = 8;

    private readonly List<CheckResult> _results = [];
    private readonly SortedDictionary<string, int> _tally = [];
    private readonly SortedSet<string> _kinds = [];
    private WorkloadSchema? _schema;
    private RaceFinding? _finding;
    private IReadOnlyList<string> _told = [];
    private int _transactions;

    /// <summary>The least overlap that a round had.</summary>
    public int LeastOverlap { get; private set; } = int.MaxValue;

    /// <summary>Every kind of statement, and what else was drawn over these tables.</summary>
    public IEnumerable<string> Kinds => _kinds;

    /// <summary>How often each kind of statement and each ending was committed.</summary>
    public IReadOnlyDictionary<string, int> Tally => _tally;

    /// <summary>Runs until it was long enough, or something was found.</summary>
    /// <param name="sessions">How many sessions; SPECS_SESSIONS replaces them.</param>
    /// <param name="transactions">How many transactions commit in a round, at least.</param>
    /// <param name="rounds">How many rounds a schema serves.</param>
    public async Task RunAsync(int sessions, int transactions, int rounds)
    {
        requires.ServerLog();
        var each = (transactions + run.SessionsFor(sessions) - 1) / run.SessionsFor(sessions);
        await foreach (var drawn in schemas.MakeAsync(SchemaSize.ForLoads, 1))
        {
            _schema = drawn;
            await BreakDeadlocksSoonAsync();
            await fleet.OpenAsync(sessions);
            await fleet.OpenAuditorsAsync();
            if (!await RunSchemaAsync(each, rounds))
            {
                break;
            }
        }

        foreach (var line in schemas.Refused)
        {
            run.Report.Say(line);
        }
    }

    // The users' own deadlocks would take most of the time. Somebody else's server may not allow this; then they do.
    private async Task BreakDeadlocksSoonAsync()
    {
        try
        {
            await statements.ExecuteAsync($"ALTER DATABASE {database.Name} SET deadlock_timeout = '100ms';"
                + $"ALTER DATABASE {database.Name} SET log_lock_waits = off");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
        }
    }

    private async Task<bool> RunSchemaAsync(int each, int rounds)
    {
        var work = new RandomTransactions(
            _schema!,
            requires.HasMerge,
            run.Engine.Profile.OrdinaryRoles && await statements.MayActAsOrdinaryRoleAsync(),
            run.Engine,
            $"specs {run.Options.RunId} {_schema!.Seed}"
        );
        _kinds.UnionWith(work.Kinds);
        for (var round = 1; round <= rounds; round++)
        {
            var before = await _schema.ReadPartsAsync(database.Connection);
            try
            {
                await fleet.RunAsync(work.InRound(round, each), each);
            }
            catch (BrokenContractException e)
            {
                throw new BrokenContractException(e.Results, run.Seed, $"{_schema}\n");
            }

            LeastOverlap = Math.Min(LeastOverlap, measurements.Load.History.LargestOverlap());
            var judged = await judge.JudgeRoundAsync();
            _results.AddRange(judged);
            schemas.NoteLoad(measurements.Load.History, judged);
            if (_results.Any(r => r.Verdict != Verdict.Pass))
            {
                (_finding, _told) =
                    await reduction.ReduceAsync(_schema, before, work.Notes.Committed, measurements.Load, _results);
                return false;
            }
        }

        foreach (var (what, times) in work.Tally)
        {
            _tally[what] = _tally.GetValueOrDefault(what) + times;
        }

        // A line for each schema, so that a long run tells which seeds were good, and how much of it was done again.
        var last = measurements.Load.History;
        var ends = work
            .Tally.Where(t => t.Key.StartsWith("refused", StringComparison.Ordinal))
            .Select(t => $"{t.Value} {t.Key}")
            .Append($"in the last round {RetryStorm.Words(last)}")
            .Concat(last.Work.Where(o => o.Retried).GroupBy(o => o.SqlState).Select(g => $"{g.Count()} after {g.Key}"));
        _transactions += rounds * last.Work.Count(o => o.Outcome == Outcome.Ok);
        run.Report.Say($"  seed {_schema.Seed}: exact after each of {rounds} rounds, {_transactions} transactions in "
            + $"all; {string.Join(", ", ends)}");
        return true;
    }

    /// <summary>Which checkers judged how many of the rounds, a line each.</summary>
    public string Judged => Judgement.Summary(_results, "rounds");

    /// <summary>
    /// Fails unless all conclusions passed, with what is needed to have the same again: the permutation of a few
    /// transactions that shows it where one was found, else what the history tells of them.
    /// </summary>
    public void Require()
    {
        if (_finding is not null)
        {
            var found = string.Join('\n', Broken.Findings.Take(MostFindings).Concat(_told).Select(line => "  " + line));
            races.Throw(_finding, world.Command, $"It was found by many sessions at once, {Broken.Title}:\n{found}\n");
        }

        Require(_results, CheckResult.Unknown("the TVIEW contract", "it was never checked"));
    }

    private CheckResult Broken => _results.First(r => r.Verdict != Verdict.Pass);

    /// <summary>Fails unless all conclusions of a checker passed.</summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public void Require<TChecker>()
        where TChecker : IChecker, new()
    {
        var checker = new TChecker();
        Require([.. _results.Where(r => r.Contract == checker.Contract && r.Claim == checker.Claim)],
            CheckResult.Unknown(checker, "it was never checked"));
    }

    private void Require(IReadOnlyList<CheckResult> results, CheckResult none)
    {
        var worst =
            results.FirstOrDefault(r => r.Verdict != Verdict.Pass) ?? (results is [var first, ..] ? first : none);
        judge.Require(worst with { Findings = [.. worst.Findings.Take(MostFindings), .. _told, $"{_schema}"] });
    }
}

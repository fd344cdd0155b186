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
/// <param name="requires">Skips the scenario where the server's log cannot be read.</param>
public sealed class RandomStress(
    Run run,
    ScenarioDatabase database,
    RandomSchemas schemas,
    Statements statements,
    FleetDriver fleet,
    Measurements measurements,
    Judge judge,
    Requirements requires
)
{
    private readonly List<CheckResult> _results = [];
    private readonly SortedDictionary<string, int> _tally = [];
    private readonly SortedSet<string> _kinds = [];
    private RandomSchema? _schema;
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
        fleet.AuditPause = TimeSpan.FromMilliseconds(100);
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
            try
            {
                await fleet.RunAsync(work.InRound(round, each), each);
            }
            catch (BrokenContractException e)
            {
                throw new BrokenContractException(e.Results, run.Seed, $"{_schema}\n");
            }

            LeastOverlap = Math.Min(LeastOverlap, measurements.Load.History.LargestOverlap());
            _results.AddRange(await judge.JudgeRoundAsync());
            if (_results.Any(r => r.Verdict != Verdict.Pass))
            {
                return false;
            }
        }

        foreach (var (what, times) in work.Tally)
        {
            _tally[what] = _tally.GetValueOrDefault(what) + times;
        }

        // A line for each schema, so that a long run tells which seeds were good, and how much of it was done again.
        var last = measurements.Load.History.Work.ToList();
        var ends = work
            .Tally.Where(t => t.Key.StartsWith("refused", StringComparison.Ordinal))
            .Select(t => $"{t.Value} {t.Key}")
            .Concat(
                last.Where(o => o.Retried)
                    .GroupBy(o => o.SqlState)
                    .Select(g => $"{g.Count()} in the last round tried again after {g.Key}")
            );
        _transactions += rounds * last.Count(o => o.Outcome == Outcome.Ok);
        run.Report.Say($"  seed {_schema.Seed}: exact after each of {rounds} rounds, {_transactions} transactions in "
            + $"all; {string.Join(", ", ends)}");
        return true;
    }

    /// <summary>Which checkers judged how many of the rounds, a line each.</summary>
    public string Judged => Judgement.Summary(_results, "rounds");

    /// <summary>Fails unless all conclusions passed, with what is needed to have the same again.</summary>
    public void Require() => Require(_results, CheckResult.Unknown("the TVIEW contract", "it was never checked"));

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
        judge.Require(worst with { Findings = [.. worst.Findings.Take(20), $"{_schema}"] });
    }
}

using System.Globalization;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// Searches for races that nobody wrote: random schemas, over each some random races, of each some permutations. It
/// ends with the first finding, which is made as small as it can be.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Knows the TVIEWs of the last one.</param>
/// <param name="schemas">Makes each schema.</param>
/// <param name="statements">Asks the server.</param>
/// <param name="arenas">Prepares it for permutations.</param>
/// <param name="cleanUp">Leaves each schema's database to its play.</param>
/// <param name="reduction">Makes a finding small.</param>
/// <param name="world">The scenario.</param>
/// <param name="requires">Skips the scenario where the server's log cannot be read.</param>
public sealed class RaceSearch(
    Run run,
    ScenarioDatabase database,
    SchemaDriver schema,
    RandomSchemas schemas,
    Statements statements,
    Arenas arenas,
    CleanUp cleanUp,
    RaceReduction reduction,
    World world,
    Requirements requires
)
{
    // Of so many statements the effects are observed; the races are made of these.
    private const int Candidates = 40;

    // What does nothing alone, or fails, another session may make possible; but half of all drawn are such.
    private const int WithoutEffect = 10;
    private const int PooledOfHundred = 20;

    // After a TVIEW was created or dropped there the database is given up, and making one takes as long as ten others.
    private const int MostOfDefiners = 3;

    // One is drawn while others are played: drawing keeps one processor busy, and a play waits again and again.
    private static readonly int PlayedAtOnce = Environment.ProcessorCount + 1;

    private readonly EffectCoverage _coverage = new();
    private readonly List<PermutationOutcome> _endings = [];
    private readonly Queue<SearchedSchema> _underWay = [];
    private RaceFinding? _finding;
    private int _seed, _schemas, _races, _pooled, _notPooled;
    private double _seconds;

    /// <summary>Every permutation that was taken, by how it ended.</summary>
    public IReadOnlyList<PermutationOutcome> Endings => _endings;

    /// <summary>Searches until it was enough, or something is found.</summary>
    /// <param name="count">How many schemas; SPECS_STRESS_SECONDS replaces that by a time.</param>
    /// <param name="races">How many races over each.</param>
    /// <param name="permutations">How many permutations of each, at the most.</param>
    public async Task RunAsync(int count, int races, int permutations)
    {
        requires.ServerLog();
        try
        {
            await foreach (var drawn in schemas.MakeAsync(SchemaSize.ForRaces, count))
            {
                _underWay.Enqueue(await BeginAsync(drawn, races, permutations));
                if (await EndAsync(PlayedAtOnce))
                {
                    break;
                }
            }

            await EndAsync(0);
        }
        catch (Exception e) when (_underWay.Count > 0 && e is NpgsqlException or InvalidOperationException)
        {
            // What is played has brought the server down, perhaps, and the connection is lost or closed.
            await EndAsync(0);
            if (_finding is null)
            {
                throw;
            }
        }
        finally
        {
            foreach (var search in _underWay)
            {
                await search.DisposeAsync();
            }
        }

        foreach (var line in Told())
        {
            run.Report.Say(line);
        }
    }

    // Looks at what has been played, until so many are left; whether something was found. What is found depends on the
    // seed alone: the schemas are looked at in their order.
    private async Task<bool> EndAsync(int most)
    {
        while (_finding is null && _underWay.TryPeek(out var next) && (next.IsPlayed || _underWay.Count > most))
        {
            await LookAsync(next);
        }

        return _finding is not null;
    }

    // What was searched: without that nobody knows what "nothing found" is worth.
    private IEnumerable<string> Told() =>
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {_schemas} schemas, {_races} races, {_endings.Count} permutations, "
                    + $"{_endings.Count / _seconds:0} a second: {AnomalyMatrix.CellOf(_endings)}"
            ),
            .. schemas.Refused,
            $"  through transaction pooling: {_pooled} schemas"
                + (_notPooled == 0 ? "" : $"; {_notPooled} more were drawn for that, and taken directly, because "
                    + run.Host.UnsupportedPooling(Arenas.Pooling)?.Because),
            .. _coverage.Tell(),
        ];

    /// <summary>Fails where something was found, with all that is needed to have it again.</summary>
    public void Require()
    {
        if (_finding is not null)
        {
            reduction.Throw(_finding, $"{world.Command} --seed {_seed}");
        }
    }

    private async Task<SearchedSchema> BeginAsync(WorkloadSchema drawn, int races, int permutations)
    {
        var random = SeededRandom.For(drawn.Seed);
        var parts = await drawn.ReadPartsAsync(database.Connection);
        // Of this schema alone, so that its seed draws the same races again.
        var coverage = new EffectCoverage();
        var effects = new StatementEffects(database.Connection, schema.Current, coverage, drawn.Note);
        var candidates = await CandidatesAsync(drawn, random, effects);
        var ordinary = run.Engine.Profile.OrdinaryRoles && await statements.MayActAsOrdinaryRoleAsync();
        var draws = new RandomRaces(random, drawn, candidates, run.Engine.Profile, ordinary, coverage,
            effects.TogetherAsync);
        var pooled = IsPooled(drawn);
        var independence = Independence.Of(run.Engine.Profile, pooled);
        var (drawnRaces, orders) = (0, new List<IReadOnlyList<Step>>());
        for (var i = 0; i < races && await draws.DrawAsync() is { } race; i++)
        {
            var defines = race.Steps.Any(s => s.Command.Defines);
            if (pooled && defines)
            {
                continue;       // as in the races that somebody wrote: who defines TVIEWs connects directly
            }

            var taken = race.On(run.Engine);
            var most = defines ? Math.Min(MostOfDefiners, permutations) : permutations;
            orders.AddRange(Permutations.Draw(taken, most, random.Next(), independence).Select(taken.In));
            drawnRaces++;
        }

        var explorer = await arenas.ExploreAsync(pooled, most: 1);
        return new(drawn.Seed, parts, candidates, coverage, pooled, drawnRaces, explorer,
            () => explorer.RunAsync(orders, p => reduction.BrokenIn(p, explorer.Schema) is not null), cleanUp.Leave());
    }

    private async Task LookAsync(SearchedSchema search)
    {
        if (await search.MayHaveCrashedAsync())
        {
            // Only alone it shows in whose permutation that was.
            await PlayedAsync();
            foreach (var other in _underWay)
            {
                await other.PlayAgainAsync();
            }
        }

        var plays = await search.PlaysAsync();
        (_schemas, _races) = (_schemas + 1, _races + search.Races);
        _coverage.Add(search.Coverage);
        _endings.AddRange(plays.Select(p => AnomalyMatrix.EndingOf(p, run.Engine.Profile.Retryable)));
        _seconds = schemas.Elapsed.TotalSeconds;
        NoteOwn(plays, search.Candidates);
        var bad = plays.FirstOrDefault(p => reduction.BrokenIn(p, search.Explorer.Schema) is not null);
        if (bad is not null)
        {
            var seconds = _seconds.ToString("0", CultureInfo.InvariantCulture);
            var title = reduction.BrokenIn(bad, search.Explorer.Schema)!.Title;
            run.Report.Say($"  found after {seconds} s: {title}; it is made smaller now");
            await PlayedAsync();
            _seed = search.Seed;
            _finding = await reduction.ReduceAsync(search.Parts, bad, search.Explorer, search.Pooled);
            schemas.NoteDiffers([_finding.Result]);
        }

        await _underWay.Dequeue().DisposeAsync();
    }

    // Nothing is played any more.
    private Task PlayedAsync() => Task.WhenAll(_underWay.Select(s => s.EndAsync()));

    private void NoteOwn(IReadOnlyList<JudgedTrace> plays, IReadOnlyList<Candidate> candidates)
    {
        if (schemas.Own is not { } own)
        {
            return;
        }

        own.Exercise.NoteJudged(plays.Count, 0, []);
        var waits = new WaitsApart(candidates);
        foreach (var trace in plays.Select(p => p.Trace).Where(t => t.Steps.Any(s => s.Waited)))
        {
            own.Exercise.NoteWait(waits.Shows(trace));
        }
    }

    // Of the seed alone: where there is no pooler, the same races are drawn.
    private bool IsPooled(WorkloadSchema drawn)
    {
        var asked = SeededRandom.For(drawn.Seed, 1).Chance(PooledOfHundred);
        var pooled = asked && run.Host.UnsupportedPooling(Arenas.Pooling) is null;
        (_pooled, _notPooled) = (_pooled + (pooled ? 1 : 0), _notPooled + (asked && !pooled ? 1 : 0));
        return pooled;
    }

    private async Task<List<Candidate>> CandidatesAsync(
        WorkloadSchema drawn,
        Random random,
        StatementEffects effects
    )
    {
        var draws = drawn.Statements(random, requires.HasMerge);
        var candidates = new List<Candidate>();
        var without = 0;
        // Over some schemas few statements do anything.
        for (var i = 0; candidates.Count < Candidates && i < 4 * Candidates; i++)
        {
            // A step of a script is a statement that psql takes as it is.
            if ((random.Chance(75) ? draws.One() : draws.OneOfAnyKind()) is { Rows: null } statement)
            {
                var candidate = await effects.OfAsync(statement);
                foreach (var (tview, rows) in candidate.Effects.CountBy(e => e.Tview))
                {
                    schemas.Own?.Exercise.NoteFanOut(tview, new(rows, statement.Words));
                }

                if (candidate.Effects.Count > 0 || ++without <= WithoutEffect)
                {
                    candidates.Add(candidate);
                }
            }
        }

        return candidates;
    }
}

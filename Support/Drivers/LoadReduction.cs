using System.Diagnostics;
using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Running;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// Takes apart what a load of random transactions has found. They are run once more, one after the other: a difference
/// then needs no concurrency. Else those that concern the row that differed, and those that ran beside them, become
/// races of two or three sessions, over the rows that were there when they began, and permutations are taken until one
/// shows it.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="world">The scenario.</param>
/// <param name="database">Its database.</param>
/// <param name="schemas">Makes it anew.</param>
/// <param name="schema">Its TVIEWs.</param>
/// <param name="reduction">Makes what is found small.</param>
public sealed class LoadReduction(
    Run run,
    World world,
    ScenarioDatabase database,
    RandomSchemas schemas,
    SchemaDriver schema,
    RaceReduction reduction
)
{
    private const int Drawn = 12, MostTold = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<string> _told = [];
    private long _began;
    private int _races, _permutations;
    private bool _ended;

    private bool IsOver => _ended |= Stopwatch.GetElapsedTime(_began) > Limit;

    /// <summary>Takes a finding apart.</summary>
    /// <param name="drawn">The schema.</param>
    /// <param name="before">The rows of its tables when the round began.</param>
    /// <param name="committed">The round's transactions, in the order in which they committed.</param>
    /// <param name="load">The round's history.</param>
    /// <param name="results">What was found.</param>
    /// <returns>A permutation that shows it, null where none was found; and what was done, in lines.</returns>
    internal async Task<(RaceFinding? Finding, IReadOnlyList<string> Told)> ReduceAsync(
        WorkloadSchema drawn,
        SchemaParts before,
        IReadOnlyList<NotedTransaction> committed,
        LoadResult load,
        IReadOnlyList<CheckResult> results
    )
    {
        var exact = results.Where(r => r.Contract == Contract.Exact && r.Verdict == Verdict.Fail).ToList();
        var again = exact.Count > 0 && run.Report.HasFailed(world.Scenario, exact[0].Title);
        if (again || Sighting.Of(load.History, schema.Current.Tviews, exact) is not { } seen)
        {
            return (null, []);
        }

        run.Report.Say($"  found: {exact[0].Title}; it is taken apart now");
        run.Report.Keep(world.Scenario, "server-of-the-load.log", database.Log ?? "");
        _began = Stopwatch.GetTimestamp();
        _told.AddRange(seen.Words);
        var states = await ReplayAsync(drawn, before, [.. committed.TakeWhile(t => t.Start <= seen.Until)], seen);
        var finding = states.LastOrDefault() is { Differs: true } last
            ? await FindAsync(last.Before, [DrawnRace.Of([last.Transaction])])
            : null;
        finding ??= await FindAsync(states);
        _told.Add(string.Create(CultureInfo.InvariantCulture,
            $"{_permutations} permutations of {_races} races of these transactions were taken"
                + $"{(_ended ? $", until {Limit.TotalSeconds:0} s were over" : "")}: ")
                + (finding is null ? "none shows it" : "the last race shows it"));
        var concerned = states.Where(s => s.Concerns).ToList();
        _told.AddRange(concerned.TakeLast(MostTold).Select(s => s.Words));
        return (finding, _told);
    }

    // The transactions up to the sighting in the order of their commits, one after the other.
    private async Task<List<Replayed>> ReplayAsync(
        WorkloadSchema drawn,
        SchemaParts before,
        IReadOnlyList<NotedTransaction> transactions,
        Sighting seen
    )
    {
        await schemas.RenewAsync();
        await schema.CreateAsync(before.Schema);
        var replay = new Replay(database.Connection, schema.Current.Tviews);
        var states = new List<Replayed>();
        var window = transactions.Where(t => t.End >= seen.Since).ToList();
        var first = window.Select(t => t.Start).DefaultIfEmpty(long.MaxValue).Min();
        var refused = 0;
        foreach (var transaction in transactions)
        {
            run.RequireToGoOn();
            var state = transaction.End < first ? null : await drawn.ReadPartsAsync(database.Connection);
            var wanted = state is null ? "" : await replay.WantedAsync(seen.Rows);
            refused += await replay.RunAsync(transaction) ? 0 : 1;
            var concerns = state is not null && wanted != await replay.WantedAsync(seen.Rows);
            var differs = await replay.DiffersAsync();
            if (state is not null)
            {
                states.Add(new(transaction, state, concerns && transaction.End >= seen.Since, differs));
            }

            if (differs || IsOver)
            {
                break;
            }
        }

        _told.Add($"{transactions.Count} transactions had committed or were under way until then, and "
            + $"{window.Count} of them ended after the last look that saw no difference; "
            + $"{states.Count(s => s.Concerns)} of these concern the row. Run one after the other, of which {refused} "
            + $"were refused, {(states.Exists(s => s.Differs) ? "they show a difference as well" : "they show none")}");
        return states;
    }

    // Each that concerns the row together with those that were under way while it was: first with one that concerns
    // the row as well, then with any, then with two.
    private async Task<RaceFinding?> FindAsync(List<Replayed> states)
    {
        foreach (var one in states.Where(s => s.Concerns))
        {
            var beside = states
                .Where(s => s != one && s.Transaction.End >= one.Transaction.Start
                    && s.Transaction.Start <= one.Transaction.End)
                .OrderByDescending(s => s.Concerns)
                .ToList();
            var pairs = beside.Select(s => new[] { one, s });
            var near = beside.TakeWhile(s => s.Concerns).Append(beside.Find(s => !s.Concerns)).OfType<Replayed>();
            var triples = near.SelectMany((s, i) => beside.Skip(i + 1).Take(4).Select(t => new[] { one, s, t }));
            // All that had committed when it began was there.
            var state = states.First(s => s.Transaction.End >= one.Transaction.Start).Before;
            var races = pairs.Concat(triples).Select(all => all.Select(s => s.Transaction).ToList());
            if (
                !IsOver && await FindAsync(
                    state,
                    [.. races.SelectMany(all => all.Select((_, i) => (int?)i).Append(null).Select(held =>
                        DrawnRace.Of(all, held)))]
                )
                is { } finding
            )
            {
                return finding;
            }
        }

        return null;
    }

    private async Task<RaceFinding?> FindAsync(SchemaParts state, IReadOnlyList<Race> races)
    {
        if (await reduction.OpenAsync(state) is not { } explorer)
        {
            _told.Add("the rows of that time could not be made again");
            return null;
        }

        var independence = Independence.Of(run.Engine.Profile, pooled: false);
        foreach (var race in races.TakeWhile(_ => !IsOver))
        {
            run.RequireToGoOn();
            var taken = race.On(run.Engine);
            var orders = Permutations.Draw(taken, Drawn, run.Seed, independence);
            var plays = await explorer.RunAsync(taken, [.. Directed(taken).Union(orders)]);
            _races++;
            _permutations += plays.Count;
            if (plays.FirstOrDefault(p => reduction.BrokenIn(p, explorer.Schema) is
                { Verdict: Verdict.Fail } broken && broken.Contract == Contract.Exact) is { } bad)
            {
                run.Report.Say($"  permutation {bad.Trace.Order} of its transactions shows it; it is made smaller now");
                return await reduction.ReduceAsync(state, bad, explorer);
            }
        }

        return null;
    }

    // Whoever is held has computed, and the others commit before it writes: all of what they do, or their ends only.
    private static IEnumerable<string> Directed(Race race)
    {
        var held = race.Sessions.FirstOrDefault(s => s.Steps.Any(step => step.Command.Held));
        if (held.Session is null)
        {
            return [];
        }

        var others = race.Sessions.Where(s => s.Session != held.Session).ToList();
        string Steps(string session, int count) => new(session[0], count);
        var own = Steps(held.Session, held.Steps.Count - 1);
        var all = string.Concat(others.Select(s => Steps(s.Session, s.Steps.Count)));
        var work = string.Concat(others.Select(s => Steps(s.Session, s.Steps.Count - 1)));
        var ends = string.Concat(others.Select(s => s.Session));
        return new[] { own + all + held.Session, work + own + ends + held.Session }.Where(race.Allows);
    }

    // A transaction as it was run again, with the rows before it.
    private sealed record Replayed(NotedTransaction Transaction, SchemaParts Before, bool Concerns, bool Differs)
    {
        // As the sessions' own statements were, in one line.
        internal string Words =>
            $"session {Transaction.Session}, {Sighting.Clock(Transaction.Start)} to {Sighting.Clock(Transaction.End)}: "
                + string.Join("; ", Transaction.Steps.Select(s =>
                    s.Statement is { } statement ? (statement.Sql + " " + statement.Rows).Trim() : s.Words));
    }
}

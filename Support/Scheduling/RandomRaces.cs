using Specs.Support.Configuration;
using Specs.Support.Workloads;
using static Specs.Support.Scheduling.DrawnRace;

namespace Specs.Support.Scheduling;

/// <summary>
/// Draws races over a random schema: two to four sessions, each with a transaction of one to three statements. Two of
/// them meet at a row of a TVIEW, in a way that has not been drawn often; or at none, and depend on each other.
/// </summary>
/// <param name="random">Where the draws come from.</param>
/// <param name="schema">The schema.</param>
/// <param name="candidates">Statements, with what each does to the TVIEWs.</param>
/// <param name="engine">The engine, which may not serve every isolation level.</param>
/// <param name="ordinary">Whether sessions may act as an ordinary role, and the engine serves it.</param>
/// <param name="coverage">What was drawn so far.</param>
/// <param name="together">The rows of TVIEWs to which two statements do something else together than each alone; none
/// where they have to write the same base rows, and do not.</param>
internal sealed partial class RandomRaces(
    Random random,
    WorkloadSchema schema,
    IReadOnlyList<Candidate> candidates,
    EngineProfile engine,
    bool ordinary,
    EffectCoverage coverage,
    Func<Candidate, Candidate, bool, Task<IReadOnlySet<(string Tview, string Key)>>> together
)
{
    // How many are looked at before one is taken: the more, the more are the draws steered.
    private const int Looked = 8;
    private const int Tried = 20;
    private const int Firsts = 4;

    // Of a hundred pairs.
    private const int WriteOneRow = 15;
    private const int Feeding = 50;

    // And of these the row comes: what is not there yet cannot be locked.
    private const int Coming = 75;

    // Of a hundred races: they are nothing but a pair, and most of their permutations are taken. Where one points to a
    // row that the other lets in, further statements mostly put them in order.
    private const int Bare = 50, BareFeeding = 80;

    private static readonly (int, string)[] Levels = [(40, ""), (34, " at REPEATABLE READ"), (26, " at SERIALIZABLE")];

    private static readonly (int, string)[] Endings =
    [
        (60, Commits), (8, "rolls back"), (14, Prepares), (18, Held),
    ];

    // Flushes overlap only where one has flushed and not committed; who is held before it writes sees what others have
    // committed meanwhile.
    private static readonly (int, string)[] OverlappingEndings = [(30, Commits), (45, Prepares), (25, Held)];

    private const string Autocommit = "";

    private readonly IReadOnlyList<Candidate> _telling = [.. candidates.Where(c => c.Effects.Count > 0)];

    // By which a row comes or goes in a TVIEW that another one joins with a table of its own: who writes that table may
    // point to the row before it is there, or after.
    private readonly IReadOnlyList<(Candidate First, IReadOnlyList<Candidate> Others)> _feeding =
        [.. candidates.Select(c => (c, OthersBeside(schema, candidates, c))).Where(f => f.Item2.Count > 0)];

    private IReadOnlyList<(Candidate First, IReadOnlyList<Candidate> Others)> LettingIn =>
        [.. _feeding.Where(f => f.First.Effects.Any(e => e.Change is Effect.Comes or Effect.Enters))];

    /// <summary>One race.</summary>
    /// <returns>Null where no statement changes any TVIEW.</returns>
    internal async Task<Race?> DrawAsync()
    {
        if (_telling.Count == 0)
        {
            return null;
        }

        var (first, second, feeding) = await PairAsync();
        coverage.Count(first, second);
        if (random.Chance(feeding ? BareFeeding : Bare))
        {
            return DrawnRace.Of([BareStepsOf("A", first.Statement), BareStepsOf("B", second.Statement)],
                () => random.Chance(80));
        }

        // Whether a transaction may be stricter than READ COMMITTED: there an engine may refuse what it would get
        // wrong.
        var stricter = random.Chance(30);
        var count = random.Next(10) switch
        {
            < 6 => 2,
            < 9 => 3,
            _ => 4,
        };
        var sessions = Enumerable.Range(0, count)
            .Select(i => StatementsOf(i == 0 ? first : i == 1 ? second : candidates.Pick(random)))
            .Select((statements, i) => StepsOf(DrawnRace.LetterOf(i), statements, stricter, overlaps: i < 2))
            .ToList();
        if (random.Chance(4))
        {
            sessions.Add(Definer(DrawnRace.LetterOf(sessions.Count)));
        }

        var race = DrawnRace.Of(sessions, () => random.Chance(80));
        var gid = random.Chance(50) ? OddGid : "";
        return new(
            [
                .. race.Sessions.Select(s =>
                    (
                        s.Session,
                        (IReadOnlyList<Step>)
                            [.. s.Steps.Select(step => step with { Command = Under(gid, step.Command) })]
                    )
                ),
            ]
        );
    }

    // Two that write one base row come one after the other whatever the engine does, so mostly they write others.
    private async Task<(Candidate First, Candidate Second, bool Feeding)> PairAsync()
    {
        var apart = !random.Chance(WriteOneRow);
        for (var i = 0; ; i++)
        {
            if (_feeding.Count > 0 && random.Chance(Feeding))
            {
                var lets = random.Chance(Coming) && LettingIn is { Count: > 0 } letting ? letting : _feeding;
                var (fed, by) = Some(lets).MinBy(f => coverage.Rarest(f.First));
                if (await DependingOnAsync(fed, by, elsewhere: true) is { } pointing)
                {
                    return (fed, pointing, true);
                }
            }

            var first = random.Chance(75)
                ? Some(_telling).MinBy(coverage.Rarest)!
                : Some(_telling).MinBy(c => coverage.Of(c.Statement.Kind))!;
            var others = apart && i < Firsts ? [.. candidates.Where(c => !c.Collides(first))] : candidates;
            var depending = random.Chance(60) ? await DependingOnAsync(first, others) : null;
            if ((depending ?? MeetingAtARow(first, others)) is { } second)
            {
                return (first, second, false);
            }

            if (i == Firsts)
            {
                return (first, first, false);
            }
        }
    }

    private Candidate? MeetingAtARow(Candidate first, IReadOnlyList<Candidate> others) =>
        Some([.. others.Where(c => coverage.Rarest(first, c) is not null)]).MinBy(c => coverage.Rarest(first, c));

    // Elsewhere: in a row that the first one alone does not concern, and not because they write other base rows then.
    private async Task<Candidate?> DependingOnAsync(
        Candidate first,
        IReadOnlyList<Candidate> others,
        bool elsewhere = false
    )
    {
        // Mostly one that writes another table that is read by the same TVIEW.
        var tviews = first.Effects.Select(e => e.Tview).ToHashSet();
        var read = schema.Schema.Tviews.Where(t => tviews.Contains(t.Name)).SelectMany(t => t.Reads).ToHashSet();
        var beside = others.Where(c => c.Statement.Table != first.Statement.Table
            && (read.Contains(c.Statement.Table) || c.Effects.Any(e => tviews.Contains(e.Tview)))).ToList();
        var drawn = others.Select(o => (Other: o, Place: beside.Contains(o) || random.Chance(35) ? random.Next() : -1))
            .Where(o => o.Place >= 0).OrderBy(o => o.Place).Select(o => o.Other);
        foreach (var other in drawn.Take(Tried).Where(o => coverage.Rarest(first, o) is null))
        {
            var rows = await together(first, other, elsewhere);
            if (rows.Any(r => !elsewhere || !first.Effects.Any(e => (e.Tview, e.Key) == r)))
            {
                coverage.CountDepending();
                return other;
            }
        }

        return null;
    }

    private static List<Candidate> OthersBeside(
        WorkloadSchema schema,
        IReadOnlyList<Candidate> candidates,
        Candidate first
    )
    {
        HashSet<string> ReadBy(string tview) =>
            [.. schema.Schema.Tviews.Where(t => t.Name == tview)
                .SelectMany(t => t.Reads.Concat(t.Reads.SelectMany(ReadBy)))];
        var tables = first.Effects.Where(e => e.ComesOrGoes).Select(e => e.Tview).Distinct()
            .SelectMany(v => schema.Schema.Tviews.Where(t => t.Reads.Contains(v)).SelectMany(t => t.Reads)
                .Except(ReadBy(v)))
            .ToHashSet();
        return [.. candidates.Where(c => tables.Contains(c.Statement.Table))];
    }

    private IEnumerable<T> Some<T>(IReadOnlyList<T> all) =>
        Enumerable.Range(0, all.Count == 0 ? 0 : Looked).Select(_ => all.Pick(random));

    private List<(string Words, StepCommand Command)> BareStepsOf(string session, Statement statement)
    {
        var ending = Served(OverlappingEndings).Pick(random);
        coverage.Count(statement.Kind, "", ending);
        return [Named("begins", session), Work(statement), .. Ends(ending, session)];
    }

    private (int, string)[] Served((int, string)[] endings) =>
        [.. endings.Where(e => e.Item2 != Held || engine.IsImmediate)];

    private List<Statement> StatementsOf(Candidate main)
    {
        var statements = schema.Script(random)?.ToList() ?? Enumerable.Range(0, random.Next(10) switch
        {
            < 6 => 0,
            < 9 => 1,
            _ => 2,
        }).Select(_ => candidates.Pick(random).Statement).ToList();
        statements.Insert(random.Next(statements.Count + 1), main.Statement);
        return statements;
    }

    private List<(string Words, StepCommand Command)> StepsOf(
        string session,
        List<Statement> statements,
        bool stricter,
        bool overlaps
    )
    {
        if (statements.Count == 1 && random.Chance(overlaps ? 15 : 35))
        {
            coverage.Count(statements[0].Kind, "", Autocommit);
            return [Work(statements[0])];
        }

        var level = !stricter ? ""
            : Levels.Where(l => engine.Serves(l.Item2.Replace(" at ", "", StringComparison.Ordinal)))
                .ToArray().Pick(random);
        var endings = Served(overlaps && random.Chance(80) ? OverlappingEndings : Endings);
        // Of two draws that which came with these statements less often.
        var ending = new[] { endings.Pick(random), endings.Pick(random) }
            .MinBy(e => statements.Sum(s => coverage.Of(s.Kind, level, e)))!;
        statements.ForEach(s => coverage.Count(s.Kind, level, ending));
        List<(string, StepCommand)> steps =
            [.. Forgets(session), Named("begins" + level, session), .. Takes(session, out var qualifies)];
        var undone = random.Chance(15) ? random.Next(statements.Count) : -1;
        foreach (var (i, drawn) in statements.Index())
        {
            var statement = qualifies ? drawn.Qualified : drawn;
            steps.AddRange(i != undone ? [Work(statement)]
                : [Named("sets a savepoint", session), Work(statement), Named(random.Chance(70)
                    ? "rolls back to the savepoint" : "releases the savepoint", session)]);
        }

        steps.AddRange(Flushes(session, qualifies, ending != Held));
        return [.. steps, .. Ends(ending, session)];
    }
}

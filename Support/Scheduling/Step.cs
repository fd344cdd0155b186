using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>What a step means to its session's transaction.</summary>
public enum StepKind
{
    /// <summary>A statement; left out where its transaction has failed already.</summary>
    Work,

    /// <summary>Begins a transaction.</summary>
    Begin,

    /// <summary>Ends it, also where it has failed: COMMIT, ROLLBACK, PREPARE TRANSACTION.</summary>
    End,

    /// <summary>ROLLBACK TO SAVEPOINT: the transaction is whole again.</summary>
    BackToSavepoint,

    /// <summary>Ends what another session has prepared; left out where that has failed.</summary>
    EndPrepared,

    /// <summary>The session that was held before it writes is let go.</summary>
    GoOn,
}

/// <summary>What a step does.</summary>
/// <param name="Kind">Its meaning to the transaction.</param>
/// <param name="Sql">Its statements; <see cref="StepWords.Database"/> stands for the database's name.</param>
public sealed record StepCommand(StepKind Kind, params string[] Sql)
{
    /// <summary>What COPY … FROM STDIN reads; null for every other statement.</summary>
    public string? Rows { get; init; }

    /// <summary>The session whose prepared transaction it ends.</summary>
    public string? Of { get; init; }

    /// <summary>Whether it stops at the injection point.</summary>
    public bool Held { get; init; }

    /// <summary>Whether it prepares its transaction.</summary>
    public bool Prepares { get; init; }

    /// <summary>The same as an engine takes it.</summary>
    internal StepCommand On(TviewEngine engine, string session) =>
        Creates is { } tview ? this with { Sql = [engine.CreateSql(engine.FormOf(tview))] }
        : Drops is { } name ? this with { Sql = [engine.DropSql(name)] }
        : Held ? this with { Sql = [InjectionPoint.HoldSql(session), .. Sql] }
        : this;

    /// <summary>The TVIEW that it creates; null for every other step.</summary>
    public Tview? Creates { get; init; }

    /// <summary>The name of the TVIEW that it drops; null for every other step.</summary>
    public string? Drops { get; init; }

    /// <summary>Whether it creates or drops a TVIEW.</summary>
    public bool Defines => Creates is not null || Drops is not null;

    /// <summary>Whether it sets the savepoint of its transaction.</summary>
    public bool SetsSavepoint => Sql is [StepWords.SetSavepoint];

    /// <summary>Whether it writes nothing.</summary>
    public bool Reads { get; init; }

    /// <summary>Whether it is the refresh of an engine that refreshes later.</summary>
    public bool Refreshes { get; init; }
}

/// <summary>One step of one session.</summary>
/// <param name="Session">The session's letter.</param>
/// <param name="Number">Its place among the steps of the session, from 1.</param>
/// <param name="Words">How the feature says it.</param>
/// <param name="Command">What it does.</param>
public sealed record Step(string Session, int Number, string Words, StepCommand Command);

/// <summary>Several small transactions: sessions, each with its steps.</summary>
/// <param name="Sessions">The sessions' letters, in order, each with its steps.</param>
public sealed record Race(IReadOnlyList<(string Session, IReadOnlyList<Step> Steps)> Sessions)
{
    /// <summary>The session that refreshes, where the engine refreshes later.</summary>
    public const string Refresher = "R";

    /// <summary>Whether it has such a session.</summary>
    public bool Refreshes => Steps.Any(s => s.Command.Refreshes);

    /// <summary>Reads a table with a column for each session.</summary>
    /// <param name="sessions">The head of the table: one letter each.</param>
    /// <param name="rows">The steps, empty where a session has no more.</param>
    /// <exception cref="UserError">A session or a step is not known.</exception>
    public static Race Of(IReadOnlyList<string> sessions, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (sessions.FirstOrDefault(s => s.Length != 1 || s[0] is < 'A' or > 'Z') is { } bad)
        {
            throw new UserError($"A session is called by one capital letter, not '{bad}'.");
        }

        return new([.. sessions.Select((session, column) => (session, (IReadOnlyList<Step>)[.. rows
            .Select(row => row[column]).Where(words => words.Length > 0)
            .Select((words, i) => new Step(session, i + 1, words, StepWords.Named(words, session, i + 1)))]))]);
    }

    /// <summary>
    /// The same as an engine takes it: TVIEWs are made and dropped in its words, and sessions are held where it writes.
    /// An engine that refreshes before COMMIT is held in the last writing statement, which then comes together with the
    /// end of its transaction. The refresh of one that refreshes later is a session of its own.
    /// </summary>
    public Race On(TviewEngine engine) =>
        new([.. Sessions.Select(s => (s.Session, (IReadOnlyList<Step>)[.. Held(s.Steps, engine).Select((step, i) =>
            step with { Number = i + 1, Command = step.Command.On(engine, s.Session) })])), .. RefresherOf(engine)]);

    private static IEnumerable<(string, IReadOnlyList<Step>)> RefresherOf(TviewEngine engine) =>
        engine.Profile.IsImmediate || engine.RefreshSql is not { } sql
            ? []
            : [(Refresher, [new(Refresher, 1, "refreshes the TVIEWs", new(StepKind.Work, sql) { Refreshes = true })])];

    private static IEnumerable<Step> Held(IReadOnlyList<Step> steps, TviewEngine engine)
    {
        var end = steps.Index().FirstOrDefault(s => s.Item.Command.Held);
        if (end.Item is null || engine.Profile.Refreshes is not (RefreshMoment.Row or RefreshMoment.Statement))
        {
            return steps;
        }

        var last = steps
            .Take(end.Index)
            .Index()
            .LastOrDefault(s => s.Item.Command is { Kind: StepKind.Work, Reads: false });
        var tail = last.Item is null ? [] : steps.Take(end.Index).Skip(last.Index).ToList();
        return
        [
            .. steps.Take(end.Index - tail.Count),
            end.Item with
            {
                Words = string.Join(" and ", tail.Select(s => s.Words).Append(end.Item.Words)),
                Command = end.Item.Command with
                {
                    Sql = [.. tail.SelectMany(s => s.Command.Sql), .. end.Item.Command.Sql],
                    Rows = tail.FirstOrDefault()?.Command.Rows,
                },
            },
            .. steps.Skip(end.Index + 1),
        ];
    }

    /// <summary>All steps.</summary>
    public IEnumerable<Step> Steps => Sessions.SelectMany(s => s.Steps);

    /// <summary>The steps in one order.</summary>
    /// <param name="order">The sessions' letters, one for each step.</param>
    public IReadOnlyList<Step> In(string order)
    {
        var taken = Sessions.ToDictionary(s => s.Session[0], _ => 0);
        return [.. order.Select(letter => Sessions.First(s => s.Session[0] == letter).Steps[taken[letter]++])];
    }

    /// <summary>Whether nobody ends in this order what is not prepared yet.</summary>
    /// <param name="order">The sessions' letters, one for each step.</param>
    public bool Allows(string order) => MakesSense(In(order));

    /// <summary>Whether everything that a step needs comes before it.</summary>
    internal static bool MakesSense(IReadOnlyList<Step> steps) =>
        steps
            .Index()
            .All(s =>
                (
                    s.Item.Command.Of is not { } other
                    || steps.Take(s.Index).Any(earlier => earlier.Session == other && earlier.Command.Prepares)
                )
                && (
                    !s.Item.Command.SetsSavepoint
                    || steps.Take(s.Index).LastOrDefault(earlier => earlier.Session == s.Item.Session
                        && earlier.Command.Kind is (StepKind.Begin or StepKind.End))
                        is { Command.Kind: StepKind.Begin }
                )
                && (
                    s.Item.Command.Kind != StepKind.BackToSavepoint
                    || steps.Take(s.Index).Any(earlier =>
                        earlier.Session == s.Item.Session && earlier.Command.SetsSavepoint)
                )
            );
}

using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>Makes races of statements that were drawn, whether for a race or for a load.</summary>
internal static class DrawnRace
{
    internal const string Commits = "commits",
        Held = "commits, held before it writes",
        Prepares = "prepares its transaction";

    /// <summary>A step by the words of features.</summary>
    internal static (string Words, StepCommand Command) Named(string words, string session) =>
        (words, StepWords.Named(words, session, 1));

    /// <summary>The end of a transaction; who is held there is released after that.</summary>
    internal static IEnumerable<(string Words, StepCommand Command)> Ends(string ending, string session) =>
        ending == Held ? [Named(Held, session), Named("is released", session)] : [Named(ending, session)];

    /// <summary>A step that is a statement.</summary>
    internal static (string Words, StepCommand Command) Work(Statement statement) =>
        (statement.Words, CommandOf(statement));

    private static StepCommand CommandOf(Statement statement) =>
        StepWords.Execute(statement.Sql) with { Rows = statement.Rows };

    /// <summary>The letter of the n-th session, from 0.</summary>
    internal static string LetterOf(int session) => $"{(char)('A' + session)}";

    /// <summary>
    /// A race of some sessions. What one has prepared is ended by a session that does nothing else: whoever waits for
    /// it cannot end it.
    /// </summary>
    /// <param name="sessions">What each does, A first.</param>
    /// <param name="commits">Whether what is prepared is committed.</param>
    internal static Race Of(
        IReadOnlyList<IReadOnlyList<(string Words, StepCommand Command)>> sessions,
        Func<bool> commits
    )
    {
        var all = sessions.Index().Select(s => (Session: LetterOf(s.Index), Steps: s.Item)).ToList();
        foreach (var (session, _) in all.Where(s => s.Steps.Any(step => step.Command.Prepares)).ToList())
        {
            var words = $"{(commits() ? "commits" : "rolls back")} what {session} has prepared";
            all.Add((LetterOf(all.Count), [Named(words, session)]));
        }

        return new(
            [
                .. all.Select(s =>
                    (
                        s.Session,
                        (IReadOnlyList<Step>)
                            [.. s.Steps.Select((step, i) => new Step(s.Session, i + 1, step.Words, step.Command))]
                    )
                ),
            ]
        );
    }

    /// <summary>A race of transactions that have committed in a load.</summary>
    /// <param name="transactions">The transactions, A's first.</param>
    /// <param name="held">Which of them is held before it writes; null for none.</param>
    internal static Race Of(IReadOnlyList<NotedTransaction> transactions, int? held = null) =>
        Of([.. transactions.Select((t, i) => StepsOf(t, LetterOf(i), i == held))], () => true);

    /// <summary>The steps of such a transaction.</summary>
    internal static IReadOnlyList<(string Words, StepCommand Command)> StepsOf(
        NotedTransaction transaction,
        string session,
        bool held = false
    ) =>
        [
            .. transaction.Steps.SelectMany(s =>
                s.Statement is { } statement ? [(s.Words, CommandOf(Patient(statement)))]
                : Ends(held && s.Words == Commits ? Held : s.Words, session)
            ),
        ];

    // In a race somebody waits until the other one takes his next step.
    private static Statement Patient(Statement statement) =>
        statement with { Sql = statement.Sql.Replace(RandomStatements.Impatiently, "", StringComparison.Ordinal) };
}

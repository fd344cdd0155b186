using System.Globalization;
using System.Text.RegularExpressions;
using Specs.Support.Configuration;
using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>
/// What a session of a race does, by the words with which features say it. The SQL is written out, with its values, so
/// that a person can give it to psql; only digits of a feature get into it.
/// </summary>
public static partial class StepWords
{
    /// <summary>Stands for the database's name: gids are one name space for the whole server.</summary>
    public const string Database = "$database";

    /// <summary>Begins a step whose SQL the feature says, as those do that a search has found.</summary>
    internal const string Executes = "executes ";

    /// <summary>Sets the savepoint of a session.</summary>
    internal const string SetSavepoint = "SAVEPOINT here";

    /// <summary>Brings constraints back to the transaction's end.</summary>
    internal const string DeferConstraints = "SET CONSTRAINTS ALL DEFERRED";

    /// <summary>All of them; # is a number.</summary>
    internal static Vocabulary<Func<int[], Who, StepCommand>> Words { get; } =
        new(
            "step of a race",
            "a cell of the table of 'these sessions', with numbers for #",
            [
                .. new (string Words, Func<int[], Who, StepCommand> Command)[]
                {
                    ("begins", (_, _) => new(StepKind.Begin, "BEGIN")),
                    (
                        "begins at REPEATABLE READ",
                        (_, _) => new(StepKind.Begin, "BEGIN ISOLATION LEVEL REPEATABLE READ")
                    ),
                    (
                        "begins at SERIALIZABLE",
                        (_, _) => new(StepKind.Begin, "BEGIN ISOLATION LEVEL SERIALIZABLE")
                    ),
                    ("commits", (_, _) => new(StepKind.End, "COMMIT")),
                    ("rolls back", (_, _) => new(StepKind.End, "ROLLBACK")),
                    ("prepares its transaction", (_, who) => Prepare(who)),
                    (
                        "commits, held before it writes",
                        (_, who) => new(StepKind.End, "COMMIT") { Held = true }
                    ),
                    (
                        "prepares its transaction, held before it writes",
                        (_, who) => Prepare(who) with { Held = true }
                    ),
                    ("is released", (_, _) => new(StepKind.GoOn)),
                    ("commits what A has prepared", (_, who) => EndPrepared("COMMIT", who)),
                    ("rolls back what A has prepared", (_, who) => EndPrepared("ROLLBACK", who)),
                    ("sets a savepoint", (_, _) => Work(SetSavepoint)),
                    ("releases the savepoint", (_, _) => Work("RELEASE SAVEPOINT here")),
                    (
                        "rolls back to the savepoint",
                        (_, _) => new(StepKind.BackToSavepoint, "ROLLBACK TO SAVEPOINT here")
                    ),
                    ("counts the posts", (_, _) => Work("SELECT count(*) FROM tb_post") with { Reads = true }),
                    ("counts the users", (_, _) => Work("SELECT count(*) FROM tb_user") with { Reads = true }),
                    // By the clock: that another session keeps its locks all the while is nothing to wait for.
                    ("rests for # milliseconds", (n, _) => Work($"SELECT pg_sleep({n[0]} / 1000.0)")),
                    ("sends DISCARD ALL", (_, _) => Work("DISCARD ALL")),
                    ("sends RESET ALL", (_, _) => Work("RESET ALL")),
                    ("takes an ordinary role", (_, _) => Work($"SET LOCAL ROLE {BaseTable.OrdinaryRole}")),
                    ("takes an empty search_path", (_, _) => Work("SET LOCAL search_path = ''")),
                    ("makes constraints deferred", (_, _) => Work(DeferConstraints)),
                    ("makes constraints immediate", (_, _) => Work("SET CONSTRAINTS ALL IMMEDIATE")),
                    ("inserts user #", (n, who) => Work($"INSERT INTO tb_user (pk_user, name) VALUES ({n[0]}, {who})")),
                    ("renames user #", (n, who) => Work($"UPDATE tb_user SET name = {who} WHERE pk_user = {n[0]}")),
                    (
                        "renames company #",
                        (n, who) => Work($"UPDATE tb_company SET name = {who} WHERE pk_company = {n[0]}")
                    ),
                    (
                        "moves user # to company #",
                        (n, _) => Work($"UPDATE tb_user SET fk_company = {n[1]} WHERE pk_user = {n[0]}")
                    ),
                    (
                        "makes user # the favourite of user #",
                        (n, _) => Work($"UPDATE tb_user SET fk_favourite = {n[0]} WHERE pk_user = {n[1]}")
                    ),
                    (
                        "gives user # # points",
                        (n, _) => Work($"UPDATE tb_user SET points = {n[1]} WHERE pk_user = {n[0]}")
                    ),
                    (
                        "gives user # the key #",
                        (n, _) => Work($"UPDATE tb_user SET pk_user = {n[1]} WHERE pk_user = {n[0]}")
                    ),
                    ("deletes user #", (n, _) => Work($"DELETE FROM tb_user WHERE pk_user = {n[0]}")),
                    (
                        "inserts a post of user #",
                        (n, who) => Work($"INSERT INTO tb_post (fk_user, title) VALUES ({n[0]}, {who})")
                    ),
                    (
                        "inserts a post of user # without a title",
                        (n, _) => Work($"INSERT INTO tb_post (fk_user, title) VALUES ({n[0]}, '')")
                    ),
                    (
                        "inserts post # of user #",
                        (n, who) =>
                            Work($"INSERT INTO tb_post (pk_post, fk_user, title) VALUES ({n[0]}, {n[1]}, {who})")
                    ),
                    (
                        "inserts post # of user # unless it is there",
                        (n, who) =>
                            Work(
                                $"INSERT INTO tb_post (pk_post, fk_user, title) VALUES ({n[0]}, {n[1]}, {who}) ON "
                                    + "CONFLICT (pk_post) DO NOTHING"
                            )
                    ),
                    (
                        "inserts post # of user # or retitles it",
                        (n, who) =>
                            Work(
                                $"INSERT INTO tb_post (pk_post, fk_user, title) VALUES ({n[0]}, {n[1]}, {who}) "
                                    + "ON CONFLICT (pk_post) DO UPDATE SET title = EXCLUDED.title"
                            )
                    ),
                    (
                        "merges post # of user #",
                        (n, who) =>
                            Work(
                                $"MERGE INTO tb_post p USING (VALUES ({n[0]}, {n[1]}, {who})) v(pk, fk, title) ON "
                                    + "p.pk_post = v.pk "
                                    + "WHEN MATCHED THEN UPDATE SET title = v.title WHEN NOT MATCHED THEN INSERT "
                                    + "(pk_post, fk_user, title) VALUES (v.pk, v.fk, v.title)"
                            )
                    ),
                    (
                        "copies two posts of user #",
                        (n, who) =>
                            Work("COPY tb_post (fk_user, title) FROM STDIN") with
                            {
                                Rows = $"{n[0]}\tone of {who.Text}\n{n[0]}\ttwo of {who.Text}\n",
                            }
                    ),
                    (
                        "inserts a post of user # without a title in a block that catches other errors",
                        (n, _) =>
                            Work(
                                $"DO $$ BEGIN BEGIN INSERT INTO tb_post (fk_user, title) VALUES ({n[0]}, ''); "
                                    + "EXCEPTION "
                                    + "WHEN raise_exception THEN NULL; END; END $$"
                            )
                    ),
                    (
                        "inserts a post of each user from # to #",
                        (n, who) =>
                            Work(
                                $"INSERT INTO tb_post (fk_user, title) SELECT i, {who} FROM generate_series({n[0]}, "
                                    + $"{n[1]}, {(n[0] < n[1] ? 1 : -1)}) i"
                            )
                    ),
                    ("retitles post #", (n, who) => Work(Retitle(n[0], who))),
                    (
                        "retitles post # in a block that fails and is caught",
                        (n, who) =>
                            Work(
                                $"DO $$ BEGIN BEGIN {Retitle(n[0], who)}; RAISE EXCEPTION 'no'; EXCEPTION WHEN "
                                    + "raise_exception THEN NULL; END; END $$"
                            )
                    ),
                    (
                        "retitles post # in a block that catches errors",
                        (n, who) =>
                            Work(
                                $"DO $$ BEGIN BEGIN {Retitle(n[0], who)}; EXCEPTION WHEN division_by_zero THEN NULL; "
                                    + "END; END $$"
                            )
                    ),
                    ("retitles all posts", (_, who) => Work($"UPDATE tb_post SET title = title || ' ' || {who}")),
                    (
                        "moves post # to user #",
                        (n, _) => Work($"UPDATE tb_post SET fk_user = {n[1]} WHERE pk_post = {n[0]}")
                    ),
                    (
                        "moves post # to no user",
                        (n, _) => Work($"UPDATE tb_post SET fk_user = NULL WHERE pk_post = {n[0]}")
                    ),
                    (
                        "gives post # the key #",
                        (n, _) => Work($"UPDATE tb_post SET pk_post = {n[1]} WHERE pk_post = {n[0]}")
                    ),
                    ("deletes the posts of user #", (n, _) => Work($"DELETE FROM tb_post WHERE fk_user = {n[0]}")),
                    ("deletes post #", (n, _) => Work($"DELETE FROM tb_post WHERE pk_post = {n[0]}")),
                    ("truncates the posts", (_, _) => Work("TRUNCATE tb_post")),
                    ("truncates the users", (_, _) => Work("TRUNCATE tb_user")),
                    (
                        "creates the TVIEW tv_extra with titles in capitals",
                        (_, _) => Work() with { Creates = Definitions.ExtraInCapitals }
                    ),
                    ("creates the TVIEW tv_extra", (_, _) => Work() with { Creates = Definitions.Extra }),
                    ("drops the TVIEW tv_extra", (_, _) => Work() with { Drops = Definitions.Extra.Name }),
                    ("drops the TVIEW tv_post", (_, _) => Work() with { Drops = "tv_post" }),
                }.Concat(ChangesOfOneValue).Select(w => new Word<Func<int[], Who, StepCommand>>(
                    w.Words,
                    SqlOf(w.Command([1, 2], new("A", 1, "A"))),
                    w.Command
                )),
            ]
        );

    /// <summary>What a step of these words does.</summary>
    /// <param name="words">How the feature says it.</param>
    /// <param name="session">Whose step it is.</param>
    /// <param name="number">Its place in the session.</param>
    /// <exception cref="UserError">No step has these words.</exception>
    public static StepCommand Named(string words, string session, int number)
    {
        if (words.StartsWith(Executes, StringComparison.Ordinal))
        {
            // What COPY reads stands in the lines after it.
            var lines = words[Executes.Length..].Split('\n', 2);
            return lines is [var copy, var rows] && copy.StartsWith("COPY ", StringComparison.Ordinal)
                ? Execute(copy) with { Rows = rows + "\n" }
                : Execute(words[Executes.Length..]);
        }

        var other = Other().Match(words).Groups["letter"].Value;
        int[] numbers = [.. Number().Matches(words).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];
        return Words.Named(PatternOf(words), words)(numbers, new(session, number, other));
    }

    /// <summary>Whether a step has these words.</summary>
    internal static bool IsKnown(string words) => Words.Entries.Any(e => e.Text == PatternOf(words));

    private static string PatternOf(string words) => Number().Replace(Other().Replace(words, "what A has"), "#");

    /// <summary>A statement of whoever knows better: a race that was drawn, or one that was found so.</summary>
    internal static StepCommand Execute(string sql) => Work(sql);

    private static string SqlOf(StepCommand command) =>
        command.Kind == StepKind.GoOn ? "the session that was held before it writes goes on"
        : command.Defines ? "as the engine does it"
        : string.Join('\n', command.Sql);

    private static StepCommand EndPrepared(string how, Who who) =>
        new(StepKind.EndPrepared, $"{how} PREPARED '{GidOf(who.Other)}'") { Of = who.Other };

    private static StepCommand Work(params string[] sql) => new(StepKind.Work, sql);

    private static StepCommand Prepare(Who who) =>
        new(StepKind.End, $"PREPARE TRANSACTION '{GidOf(who.Session)}'") { Prepares = true };

    private static string GidOf(string session) => $"{Database} {session}";

    private static string Retitle(int post, Who who) => $"UPDATE tb_post SET title = {who} WHERE pk_post = {post}";

    /// <summary>
    /// Whose step it is. Every step writes a text of its own, so that a stale row tells whose writing it missed.
    /// </summary>
    /// <param name="Session">The session's letter.</param>
    /// <param name="Number">The step's place in the session.</param>
    /// <param name="Other">Another session that the step names; empty where it names none.</param>
    internal sealed record Who(string Session, int Number, string Other)
    {
        /// <summary>What it writes.</summary>
        public string Text => $"{Session}{Number}";

        /// <summary>The same as a literal.</summary>
        public override string ToString() => $"'by {Text}'";
    }

    [GeneratedRegex(@"\b\d{1,6}\b")]
    private static partial Regex Number();

    [GeneratedRegex("what (?<letter>[A-Z]) has")]
    private static partial Regex Other();
}

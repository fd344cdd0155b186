using System.Data;
using Specs.Support.Engines;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>What a session of a scenario does, by the words with which features say it.</summary>
public static class TransactionProfiles
{
    private const string InsertRow = "INSERT INTO tb_test (data) VALUES ('new') RETURNING pk_test",
        ChangeRow = "UPDATE tb_test SET data = $2 WHERE pk_test = $1",
        RetitlePost = "UPDATE tb_post SET title = $2 WHERE pk_post = $1",
        RenameUser = "UPDATE tb_user SET name = $2 WHERE pk_user = $1";

    private static readonly string[] Usual =
    [
        "UPDATE tb_post SET title = $3 WHERE pk_post = $1 AND $2 > 0",
        "UPDATE tb_post SET fk_user = $2 WHERE pk_post = $1 AND $3 <> ''",
        "UPDATE tb_user SET name = $3 WHERE pk_user = $2 AND $1 > 0",
        "INSERT INTO tb_post (fk_user, title) SELECT $2, $3 WHERE $1 > 0",
        $"DELETE FROM tb_post WHERE pk_post > {Schemas.Posts} AND $1 > 0 AND $2 > 0 AND $3 <> ''",
    ];

    /// <summary>All of them.</summary>
    /// <param name="engine">The engine that makes and drops TVIEWs.</param>
    /// <param name="limit">How long one step of a scenario may take.</param>
    /// <param name="refresh">Waits until a refresh has come and gone; null where the engine refreshes at once.</param>
    public static Vocabulary<TransactionProfile> WordsOf(
        TviewEngine engine,
        TimeSpan limit,
        Func<CancellationToken, Task>? refresh = null
    ) =>
        new(
            "transaction profile",
            "When each session …, 5 times",
            [
                // The plan's scenario 1 and its script.
                Single(
                    "inserts a row into tb_test",
                    "INSERT INTO tb_test (data) VALUES ($1)",
                    (s, i) => [$"conn-{s.Number}-update-{i}"]
                ),
                Single("changes a row of tb_test", ChangeRow, (s, i) => [Any(s, Schemas.TestRows), Text(s, i)]),
                Single(
                    "deletes a row of tb_test",
                    "DELETE FROM tb_test WHERE pk_test = $1",
                    (s, _) => [Any(s, Schemas.TestRows)]
                ),
                Block(
                    "inserts a post of user 1",
                    "INSERT INTO tb_post (fk_user, title) VALUES (1, $1)",
                    (s, _) => [$"Post from session {s.Number}"]
                ),
                Single("retitles one of the same five posts", RetitlePost, (s, i) => [Any(s, 5), Text(s, i)]),
                Several(
                    "inserts a row into tb_test and then changes it twenty times",
                    [InsertRow, $"{ChangeRow}   (20 times)"],
                    TouchOneRow
                ),
                // The plan's scenario 2, with users and posts drawn at random.
                Single("renames a user", RenameUser, (s, i) => [Any(s, Schemas.Users), Text(s, i)]),
                Single("renames user 1", "UPDATE tb_user SET name = $1 WHERE pk_user = 1", (s, i) => [Text(s, i)]),
                Single("renames user 1 or user 2", RenameUser, (s, i) => [Any(s, 2), Text(s, i)]),
                Single(
                    "renames the user of its own number",
                    RenameUser,
                    (s, i) => [(s.Number - 1) % Schemas.Users + 1, Text(s, i)]
                ),
                Single(
                    "renames a company",
                    "UPDATE tb_company SET name = $2 WHERE pk_company = $1",
                    (s, i) => [Any(s, Schemas.Companies), Text(s, i)]
                ),
                Single(
                    "moves a user to another company",
                    "UPDATE tb_user SET fk_company = $2 WHERE pk_user = $1",
                    (s, _) => [Any(s, Schemas.Users), Any(s, Schemas.Companies)]
                ),
                Single(
                    "inserts a post",
                    "INSERT INTO tb_post (fk_user, title) VALUES ($1, $2)",
                    (s, i) => [Any(s, Schemas.Users), Text(s, i)]
                ),
                Single(
                    "inserts a post of each of six users in one statement, in an order of its own",
                    "INSERT INTO tb_post (fk_user, title) SELECT i, $2 FROM unnest($1::int[]) i",
                    (s, i) => [Shuffled(s, 6), Text(s, i)]
                ),
                Single("retitles a post", RetitlePost, (s, i) => [Any(s, Schemas.Posts), Text(s, i)]),
                Block(
                    "inserts a post of one of the last twenty users",
                    "INSERT INTO tb_post (fk_user, title) VALUES ($1, $2)",
                    (s, i) => [80 + Any(s, 20), Text(s, i)]
                ),
                Single(
                    "retitles a post of one of the last twenty users",
                    RetitlePost,
                    (s, i) => [s.Random.Next(10) * 100 + 79 + Any(s, 20), Text(s, i)]
                ),
                Single("deletes a post", "DELETE FROM tb_post WHERE pk_post = $1", (s, _) => [Any(s, Schemas.Posts)]),
                Single(
                    "moves a post to another user",
                    "UPDATE tb_post SET fk_user = $2 WHERE pk_post = $1",
                    (s, _) => [Any(s, Schemas.Posts), Any(s, Schemas.Users)]
                ),
                Single(
                    "moves a post between user 1 and user 2",
                    "UPDATE tb_post SET fk_user = $2 WHERE pk_post = $1",
                    (s, _) => [Any(s, 20), Any(s, 2)]
                ),
                Block(
                    "retitles two thousand posts in one statement",
                    Retitle("BETWEEN $1 AND $1 + 1999", "$2"),
                    (s, i) => [Any(s, Schemas.Posts), Text(s, i)]
                ),
                Block("retitles all posts in one statement", Retitle("> 0", "$1"), (s, i) => [Text(s, i)]),
                Several(
                    "retitles a post and renames its author in one transaction",
                    [RetitlePost + " RETURNING fk_user", RenameUser],
                    RetitleAndRename
                ),
                // One after the other, again and again: after five of them the tables have as many rows as before.
                new(
                    "does all that users do",
                    string.Join('\n', Usual),
                    new(
                        "does all that users do",
                        (s, i, c) =>
                            s.ExecuteAsync(
                                Usual[i % Usual.Length],
                                c,
                                [Any(s, Schemas.Posts), Any(s, Schemas.Users), Text(s, i)]
                            )
                    )
                ),
                // What an administrator does meanwhile.
                Utility("rewrites the table tb_post by VACUUM FULL", "VACUUM FULL tb_post"),
                Utility("rewrites the TVIEW tv_post by VACUUM FULL", "VACUUM FULL tv_post"),
                Utility("rewrites the table tb_user by CLUSTER", "CLUSTER tb_user USING tb_user_pkey"),
                Utility("rebuilds the indexes of tb_post", "REINDEX TABLE CONCURRENTLY tb_post"),
                Utility("rebuilds the indexes of the TVIEW tv_post", "REINDEX TABLE CONCURRENTLY tv_post"),
                // The plan's scenario 3: each session has a row of its own.
                Single(
                    "inserts a row into tb_2pc_test",
                    "INSERT INTO tb_2pc_test (data) VALUES ('2pc-transaction-' || $1)",
                    (s, _) => [s.Number]
                ),
                Single(
                    "renames a user of its own",
                    "UPDATE tb_user SET name = 'Updated ' || $1 WHERE pk_user = $1",
                    (s, _) => [s.Number]
                ),
                // The plan's scenario 4.
                .. Definitions.WordsOf(engine, limit),
                // The plan's scenario 5.
                Several(Tokens.Words, [Tokens.Insert, Tokens.Insert], Tokens.Write(_ => Task.CompletedTask).Body),
                Several(
                    Tokens.LongWords,
                    [Tokens.Insert, "(a whole refresh, where the engine refreshes later)", Tokens.Insert],
                    Tokens.Write(refresh ?? (_ => Task.CompletedTask)).Body
                ),
            ]
        );

    // Rows are locked in the order of their keys: left to itself one UPDATE takes them as they lie in the table and
    // another one as they stand in the index, and the two deadlock without any engine's help.
    private static string Retitle(string keys, string title) =>
        $"WITH mine AS (SELECT pk_post FROM tb_post WHERE pk_post {keys} ORDER BY pk_post FOR UPDATE) "
        + $"UPDATE tb_post p SET title = {title} FROM mine WHERE p.pk_post = mine.pk_post";

    private static Word<TransactionProfile> Single(string words, string sql, Func<Session, int, object[]> values) =>
        new(words, sql, new(words, (session, i, cancel) => session.ExecuteAsync(sql, cancel, values(session, i))));

    // One of the statements that cannot run in a transaction block.
    private static Word<TransactionProfile> Utility(string words, string sql) =>
        new(words, sql, new(words, (session, _, cancel) => session.ExecuteOnceAsync(sql, cancel)));

    private static Word<TransactionProfile> Block(string words, string sql, Func<Session, int, object[]> values) =>
        Several(words, [sql], (session, i, cancel) => session.ExecuteAsync(sql, cancel, values(session, i)));

    private static Word<TransactionProfile> Several(string words, string[] sql, TransactionBody body) => new(words,
        string.Join('\n', ["BEGIN", .. sql, "COMMIT"]), new(words, body) { Isolation = IsolationLevel.ReadCommitted });

    private static int Any(Session session, int count) => session.Random.Next(1, count + 1);

    private static int[] Shuffled(Session session, int count)
    {
        int[] numbers = [.. Enumerable.Range(1, count)];
        session.Random.Shuffle(numbers);
        return numbers;
    }

    private static string Text(Session session, int iteration) => $"by session {session.Number}, {iteration}";

    private static async Task TouchOneRow(Session session, int iteration, CancellationToken cancel)
    {
        var key = await session.ExecuteAsync(InsertRow, cancel);
        for (var n = 1; n <= 20; n++)
        {
            await session.ExecuteAsync(ChangeRow, cancel, key!, $"{Text(session, iteration)}, {n}");
        }
    }

    // Base rows are always locked in one order (post, then user), so that any deadlock is the engine's.
    private static async Task RetitleAndRename(Session session, int iteration, CancellationToken cancel)
    {
        var author = await session.ExecuteAsync(RetitlePost + " RETURNING fk_user", cancel,
            Any(session, Schemas.Posts), Text(session, iteration));
        if (author is int user)
        {
            await session.ExecuteAsync(RenameUser, cancel, user, Text(session, iteration));
        }
    }
}

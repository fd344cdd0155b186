using System.Data;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>What a session of a scenario does, by the words with which features say it.</summary>
public static class TransactionProfiles
{
    private static readonly Dictionary<string, TransactionProfile> ByName = new TransactionProfile[]
    {
        // The plan's scenario 1 and its script.
        Single("inserts a row into tb_test", "INSERT INTO tb_test (data) VALUES ($1)", (s, i) => [$"conn-{s.Number}-update-{i}"]),
        Single("changes a row of tb_test", "UPDATE tb_test SET data = $2 WHERE pk_test = $1", (s, i) => [Any(s, Schemas.TestRows), Text(s, i)]),
        Single("deletes a row of tb_test", "DELETE FROM tb_test WHERE pk_test = $1", (s, _) => [Any(s, Schemas.TestRows)]),
        Block("inserts a post of user 1", "INSERT INTO tb_post (fk_user, title) VALUES (1, $1)", (s, _) => [$"Post from session {s.Number}"]),
        Single("retitles one of the same five posts", "UPDATE tb_post SET title = $2 WHERE pk_post = $1", (s, i) => [Any(s, 5), Text(s, i)]),
        new("inserts a row into tb_test and then changes it twenty times", TouchOneRow) { Isolation = IsolationLevel.ReadCommitted },

        // The plan's scenario 2, with users and posts drawn at random.
        Single("renames a user", "UPDATE tb_user SET name = $2 WHERE pk_user = $1", (s, i) => [Any(s, Schemas.Users), Text(s, i)]),
        Single("renames user 1", "UPDATE tb_user SET name = $1 WHERE pk_user = 1", (s, i) => [Text(s, i)]),
        Single("renames user 1 or user 2", "UPDATE tb_user SET name = $2 WHERE pk_user = $1", (s, i) => [Any(s, 2), Text(s, i)]),
        Single("renames a company", "UPDATE tb_company SET name = $2 WHERE pk_company = $1", (s, i) => [Any(s, Schemas.Companies), Text(s, i)]),
        Single("moves a user to another company", "UPDATE tb_user SET fk_company = $2 WHERE pk_user = $1", (s, _) => [Any(s, Schemas.Users), Any(s, Schemas.Companies)]),
        Single("inserts a post", "INSERT INTO tb_post (fk_user, title) VALUES ($1, $2)", (s, i) => [Any(s, Schemas.Users), Text(s, i)]),
        Single("retitles a post", "UPDATE tb_post SET title = $2 WHERE pk_post = $1", (s, i) => [Any(s, Schemas.Posts), Text(s, i)]),
        Block("inserts a post of one of the last twenty users", "INSERT INTO tb_post (fk_user, title) VALUES ($1, $2)", (s, i) => [80 + Any(s, 20), Text(s, i)]),
        Single("retitles a post of one of the last twenty users", "UPDATE tb_post SET title = $2 WHERE pk_post = $1", (s, i) => [s.Random.Next(10) * 100 + 79 + Any(s, 20), Text(s, i)]),
        Single("deletes a post", "DELETE FROM tb_post WHERE pk_post = $1", (s, _) => [Any(s, Schemas.Posts)]),
        Single("moves a post to another user", "UPDATE tb_post SET fk_user = $2 WHERE pk_post = $1", (s, _) => [Any(s, Schemas.Posts), Any(s, Schemas.Users)]),
        Single("moves a post between user 1 and user 2", "UPDATE tb_post SET fk_user = $2 WHERE pk_post = $1", (s, _) => [Any(s, 20), Any(s, 2)]),
        Block("retitles two thousand posts in one statement", Retitle("BETWEEN $1 AND $1 + 1999", "$2"), (s, i) => [Any(s, Schemas.Posts), Text(s, i)]),
        Block("retitles all posts in one statement", Retitle("> 0", "$1"), (s, i) => [Text(s, i)]),
        new("retitles a post and renames its author in one transaction", RetitleAndRename) { Isolation = IsolationLevel.ReadCommitted },
    }.ToDictionary(t => t.Kind);

    /// <summary>The deed of that name.</summary>
    /// <exception cref="UserError">No deed has it.</exception>
    public static TransactionProfile Named(string name) => ByName.TryGetValue(name, out var deed) ? deed
        : throw new UserError($"No session knows how it '{name}'; it knows: {string.Join("; ", ByName.Keys)}.");

    // Rows are locked in the order of their keys: left to itself one UPDATE takes them as they lie in the table and
    // another one as they stand in the index, and the two deadlock without any engine's help.
    private static string Retitle(string keys, string title) =>
        $"WITH mine AS (SELECT pk_post FROM tb_post WHERE pk_post {keys} ORDER BY pk_post FOR UPDATE) "
        + $"UPDATE tb_post p SET title = {title} FROM mine WHERE p.pk_post = mine.pk_post";

    private static TransactionProfile Single(string name, string sql, Func<Session, int, object[]> values) =>
        new(name, (session, i, cancel) => session.ExecuteAsync(sql, cancel, values(session, i)));

    private static TransactionProfile Block(string name, string sql, Func<Session, int, object[]> values) =>
        Single(name, sql, values) with { Isolation = IsolationLevel.ReadCommitted };

    private static int Any(Session session, int count) => session.Random.Next(1, count + 1);

    private static string Text(Session session, int iteration) => $"by session {session.Number}, {iteration}";

    private static async Task TouchOneRow(Session session, int iteration, CancellationToken cancel)
    {
        var key = await session.ExecuteAsync("INSERT INTO tb_test (data) VALUES ('new') RETURNING pk_test", cancel);
        for (var n = 1; n <= 20; n++)
        {
            await session.ExecuteAsync("UPDATE tb_test SET data = $2 WHERE pk_test = $1", cancel, key!, $"{Text(session, iteration)}, {n}");
        }
    }

    // Base rows are always locked in one order (post, then user), so that any deadlock is the engine's.
    private static async Task RetitleAndRename(Session session, int iteration, CancellationToken cancel)
    {
        var author = await session.ExecuteAsync("UPDATE tb_post SET title = $2 WHERE pk_post = $1 RETURNING fk_user", cancel,
            Any(session, Schemas.Posts), Text(session, iteration));
        if (author is int user)
        {
            await session.ExecuteAsync("UPDATE tb_user SET name = $2 WHERE pk_user = $1", cancel, user, Text(session, iteration));
        }
    }
}

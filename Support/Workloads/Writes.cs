using System.Data;
using System.Globalization;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>The transactions that sessions of the scenarios run.</summary>
public static class Writes
{
    /// <summary>One row into tb_test, as the plan's script does it: a transaction of its own.</summary>
    public static readonly Transaction InsertTest = new("insert", (session, i, cancel) => session.ExecuteAsync(
        "INSERT INTO tb_test (data) VALUES ($1)", cancel,
        string.Create(CultureInfo.InvariantCulture, $"conn-{session.Number}-update-{i}")));

    /// <summary>A post of user 1 (the plan's scenario 1), in an explicit transaction.</summary>
    public static readonly Transaction InsertPostOfUser1 = new("insert", (session, _, cancel) => session.ExecuteAsync(
        "INSERT INTO tb_post (fk_user, title) VALUES (1, $1)", cancel, $"Post from session {session.Number}"))
    {
        Isolation = IsolationLevel.ReadCommitted,
    };

    /// <summary>A new title for the same few posts, whichever session it is.</summary>
    /// <param name="rows">How many posts the sessions share.</param>
    public static Transaction RetitleSamePosts(int rows) => new("update", (session, i, cancel) => session.ExecuteAsync(
        "UPDATE tb_post SET title = $2 WHERE pk_post = $1", cancel,
        (i - 1) % rows + 1, $"Title {i} from session {session.Number}"));

    /// <summary>One new row of tb_test that is then changed again and again before the transaction commits.</summary>
    /// <param name="times">How often.</param>
    public static Transaction TouchOneRow(int times) => new("touch", async (session, i, cancel) =>
    {
        var key = (int)(await session.ExecuteAsync(
            "INSERT INTO tb_test (data) VALUES ('new') RETURNING pk_test", cancel))!;
        for (var n = 1; n <= times; n++)
        {
            await session.ExecuteAsync("UPDATE tb_test SET data = $2 WHERE pk_test = $1", cancel, key, $"{session.Number}-{i}-{n}");
        }
    })
    {
        Isolation = IsolationLevel.ReadCommitted,
    };
}

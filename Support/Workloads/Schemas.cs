using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>The schemas of the workloads, by the names that features use.</summary>
public static class Schemas
{
    /// <summary>Rows of tb_test where a schema begins with some.</summary>
    public const int TestRows = 200;

    /// <summary>Rows of tb_user, as in the plan.</summary>
    public const int Users = 100;

    /// <summary>Rows of tb_post, as in the plan.</summary>
    public const int Posts = 1000;

    /// <summary>Rows of tb_company.</summary>
    public const int Companies = 10;

    private const string TestTable = "CREATE TABLE tb_test (pk_test SERIAL PRIMARY KEY, data TEXT);";

    private static readonly string PostTables = PostTablesOf(Posts);

    // The plan's own texts, word for word.
    private static readonly Tview Post = new("tv_post",
        new DefiningQuery(new("tb_post", "p"), new("p.pk_post"), new("p.title"), new("u.name", "author_name"))
        {
            Joins = [new(new("tb_user", "u"), "p.fk_user", "u.pk_user")],
        });

    private static readonly Tview Test = TestOf("tv_test", "tb_test");

    private static readonly Tview Author = new("tv_author", new DefiningQuery(new("tb_user", "u"), new("u.pk_user"),
        new("u.name"), new("count(p.pk_post)", "posts"), new("max(p.title)", "last_title"))
    {
        Joins = [new(new("tb_post", "p"), "p.fk_user", "u.pk_user") { IsOuter = true }],
        GroupBy = ["u.pk_user", "u.name"],
    });

    /// <summary>All of them.</summary>
    public static Vocabulary<Schema> Words { get; } =
        new(
            "schema",
            "Given …",
            [
                .. new Dictionary<string, Schema>(RaceSchemas.ByName)
                {
                    ["the base table tb_test and its TVIEW tv_test"] = new(TestTable, Test),
                    // Four rows of the TVIEW fill a page, and a hundred of the base table.
                    ["the base table tb_test and its TVIEW tv_test with long rows"] = new(
                        TestTable,
                        new Tview("tv_test", new DefiningQuery(new("tb_test"), new("pk_test"),
                            new("data"), new("repeat(md5(data), 50)", "long")))
                    ),
                    ["the base table tb_test with 200 rows and its TVIEW tv_test"] = new(
                        TestTable
                            + $"INSERT INTO tb_test (data) SELECT 'row ' || i FROM generate_series(1, {TestRows}) i",
                        Test
                    ),
                    ["100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name"] =
                        new(PostTables, Post),
                    ["100 users with 1000 posts, all of user 1, and the TVIEW tv_post"] = new(
                        PostTables + "UPDATE tb_post SET fk_user = 1;",
                        Post
                    ),
                    ["100 users with 100000 posts, and the TVIEW tv_post"] = new(PostTablesOf(100_000), Post),
                    ["100 users with 1000 posts, and three TVIEWs over the posts"] = new(
                        PostTables,
                        Post,
                        Author,
                        new Tview("tv_title", new DefiningQuery(new("tb_post"), new("pk_post"), [new("title")]))
                    ),
                    ["companies, users and posts, and TVIEWs on three levels"] = new(
                        $"""
                        CREATE TABLE tb_company (pk_company SERIAL PRIMARY KEY, name TEXT);
                        INSERT INTO tb_company (name) SELECT 'Company ' || i FROM generate_series(1, {Companies}) i;
                        {PostTables}
                        ALTER TABLE tb_user ADD fk_company INT REFERENCES tb_company(pk_company);
                        UPDATE tb_user SET fk_company = pk_user % {Companies} + 1;
                        CREATE INDEX ON tb_user (fk_company);
                        """,
                        [.. RaceSchemas.ThreeLevels]
                    ),
                    ["the base table tb_2pc_test and its TVIEW tv_2pc_test"] = new(
                        "CREATE TABLE tb_2pc_test (pk_test SERIAL PRIMARY KEY, data TEXT)",
                        TestOf("tv_2pc_test", "tb_2pc_test")
                    ),
                }.Select(s => new Word<Schema>(
                    s.Key,
                    string.Join(
                        "\n",
                        [s.Value.BaseTables.TrimEnd(), .. s.Value.Tviews.Select(t => $"TVIEW {t.Name}: {t.Query}")]
                    ),
                    s.Value
                )),
            ]
        );

    /// <summary>The schema of that name.</summary>
    /// <exception cref="UserError">No schema has it.</exception>
    public static Schema Named(string name) => Words.Named(name);

    private static Tview TestOf(string name, string table) =>
        new(name, new DefiningQuery(new(table), new("pk_test"), [new("data")]));

    // The plan's users and posts (its step 3), but every user has as many posts as any other.
    private static string PostTablesOf(int posts) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT REFERENCES tb_user(pk_user), title TEXT);
        CREATE INDEX ON tb_post (fk_user);
        INSERT INTO tb_user (name) SELECT 'User ' || i FROM generate_series(1, {Users}) i;
        INSERT INTO tb_post (fk_user, title) SELECT i % {Users} + 1, 'Post ' || i FROM generate_series(1, {posts}) i;
        """);
}

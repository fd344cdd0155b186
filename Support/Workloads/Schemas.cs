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

    private static readonly Tview Post = new("tv_post", "pk_post",
        "SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user",
        "tb_post", "tb_user");

    private static readonly Tview Test = new("tv_test", "pk_test", "SELECT pk_test, data FROM tb_test", "tb_test");

    private static readonly Tview Author = new("tv_author", "pk_user",
        "SELECT u.pk_user, u.name, count(p.pk_post) AS posts, max(p.title) AS last_title "
        + "FROM tb_user u LEFT JOIN tb_post p ON p.fk_user = u.pk_user GROUP BY u.pk_user, u.name",
        "tb_user", "tb_post");

    private static readonly Dictionary<string, Schema> ByName = new(RaceSchemas.ByName)
    {
        ["the base table tb_test and its TVIEW tv_test"] = new(TestTable, Test),
        ["the base table tb_test with 200 rows and its TVIEW tv_test"] = new(
            TestTable + $"INSERT INTO tb_test (data) SELECT 'row ' || i FROM generate_series(1, {TestRows}) i", Test),
        ["100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name"] = new(PostTables, Post),
        ["100 users with 1000 posts, all of user 1, and the TVIEW tv_post"] = new(
            PostTables + "UPDATE tb_post SET fk_user = 1;", Post),
        ["100 users with 100000 posts, and the TVIEW tv_post"] = new(PostTablesOf(100_000), Post),
        ["100 users with 1000 posts, and three TVIEWs over the posts"] = new(PostTables, Post, Author,
            new Tview("tv_title", "pk_post", "SELECT pk_post, title FROM tb_post", "tb_post")),
        ["companies, users and posts, and TVIEWs on three levels"] = new(
            $"""
            CREATE TABLE tb_company (pk_company SERIAL PRIMARY KEY, name TEXT);
            INSERT INTO tb_company (name) SELECT 'Company ' || i FROM generate_series(1, {Companies}) i;
            {PostTables}
            ALTER TABLE tb_user ADD fk_company INT REFERENCES tb_company(pk_company);
            UPDATE tb_user SET fk_company = pk_user % {Companies} + 1;
            CREATE INDEX ON tb_user (fk_company);
            """,
            new Tview("tv_company", "pk_company", "SELECT pk_company, name FROM tb_company", "tb_company"),
            new Tview("tv_user", "pk_user",
                "SELECT u.pk_user, u.name, c.name AS company_name FROM tb_user u JOIN tv_company c ON u.fk_company = c.pk_company",
                "tb_user", "tv_company"),
            new Tview("tv_post", "pk_post",
                "SELECT p.pk_post, p.title, u.name AS author_name, u.company_name FROM tb_post p JOIN tv_user u ON p.fk_user = u.pk_user",
                "tb_post", "tv_user")),
        ["the base table tb_2pc_test and its TVIEW tv_2pc_test"] = new(
            "CREATE TABLE tb_2pc_test (pk_test SERIAL PRIMARY KEY, data TEXT)",
            new Tview("tv_2pc_test", "pk_test", "SELECT pk_test, data FROM tb_2pc_test", "tb_2pc_test")),
    };

    /// <summary>The schema of that name.</summary>
    /// <exception cref="UserError">No schema has it.</exception>
    public static Schema Named(string name) => ByName.TryGetValue(name, out var schema) ? schema
        : throw new UserError($"There is no schema '{name}'; there are: {string.Join("; ", ByName.Keys)}.");

    // The plan's users and posts (its step 3), but every user has as many posts as any other.
    private static string PostTablesOf(int posts) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT REFERENCES tb_user(pk_user), title TEXT);
        CREATE INDEX ON tb_post (fk_user);
        INSERT INTO tb_user (name) SELECT 'User ' || i FROM generate_series(1, {Users}) i;
        INSERT INTO tb_post (fk_user, title) SELECT i % {Users} + 1, 'Post ' || i FROM generate_series(1, {posts}) i;
        """);
}

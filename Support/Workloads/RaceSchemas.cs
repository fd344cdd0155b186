using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// Small schemas: three users, two of them with three posts each. Every order of a race gets a copy of one.
/// </summary>
internal static class RaceSchemas
{
    private const string Users = "3 users with 6 posts";

    private static readonly string Tables = TablesOf("REFERENCES tb_user(pk_user)");

    private static readonly QueryJoin Author = new(new("tb_user", "u"), "p.fk_user", "u.pk_user");

    private static readonly Tview Count = new("tv_count", new DefiningQuery(new("tb_post"), new("fk_user", "pk_user"),
        new("count(*)", "posts"), new("max(title)", "last_title"))
    {
        GroupBy = ["fk_user"],
    });

    private static readonly Tview Post = PostOf([Author], new("p.title"), new("u.name", "author_name"));

    /// <summary>TVIEWs on three levels: tv_post reads tv_user, which reads tv_company.</summary>
    public static IReadOnlyList<Tview> ThreeLevels { get; } =
    [
        new("tv_company", new DefiningQuery(new("tb_company"), new("pk_company"), [new("name")])),
        new(
            "tv_user",
            new DefiningQuery(new("tb_user", "u"), new("u.pk_user"), new("u.name"), new("c.name", "company_name"))
            {
                Joins = [new(new("tv_company", "c"), "u.fk_company", "c.pk_company")],
            }
        ),
        PostOf(
            [new(new("tv_user", "u"), "p.fk_user", "u.pk_user")],
            new("p.title"),
            new("u.name", "author_name"),
            new("u.company_name")
        ),
    ];

    /// <summary>The schemas, by the words of the features.</summary>
    public static Dictionary<string, Schema> ByName { get; } =
        new()
        {
            [$"{Users}, and the TVIEW tv_post that shows each post with its author's name"] = new(Tables, Post),
            [$"{Users}, and the TVIEW tv_count that counts each user's posts"] = new(Tables, Count),
            [$"{Users}, and no TVIEW"] = new(Tables),
            [$"{Users}, and the TVIEW tv_title that shows each post's title"] = new(
                Tables,
                new Tview("tv_title", new DefiningQuery(new("tb_post"), new("pk_post"), [new("fk_user"), new("title")]))
            ),
            [$"{Users}, and both the TVIEW tv_post and the TVIEW tv_count"] = new(Tables, Post, Count),
            [$"{Users} that may name users who are not there, and the TVIEW tv_post"] = new(
                TablesOf(""),
                PostOf([Author with { IsOuter = true }], new("p.title"), new("u.name", "author_name"))
            ),
            [$"{Users} that go with their user, and both the TVIEW tv_post and the TVIEW tv_count"] = new(
                TablesOf("REFERENCES tb_user(pk_user) ON DELETE CASCADE"),
                Post,
                Count
            ),
            [$"{Users}, and a TVIEW tv_post that cannot show a post without a title"] = new(
                Tables,
                PostOf([Author], new("p.title"), new("100 / length(p.title)", "share"), new("u.name", "author_name"))
            ),
            ["2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company"] =
                new(
                    TablesWithCompanies,
                    PostOf(
                        [Author, new(new("tb_company", "c"), "u.fk_company", "c.pk_company")],
                        new("p.title"),
                        new("u.name", "author_name"),
                        new("c.name", "company_name")
                    )
                ),
            ["2 companies, 3 users and 6 posts, and TVIEWs on three levels"] = new(
                TablesWithCompanies,
                [.. ThreeLevels]
            ),
        };

    private static string TablesWithCompanies => $"""
        CREATE TABLE tb_company (pk_company SERIAL PRIMARY KEY, name TEXT);
        INSERT INTO tb_company (name) SELECT 'Company ' || i FROM generate_series(1, 2) i;
        {Tables}
        ALTER TABLE tb_user ADD fk_company INT REFERENCES tb_company(pk_company);
        UPDATE tb_user SET fk_company = pk_user % 2 + 1;
        """;

    private static Tview PostOf(IReadOnlyList<QueryJoin> joins, params QueryColumn[] columns) =>
        new("tv_post", new DefiningQuery(new("tb_post", "p"), new("p.pk_post"), columns) { Joins = joins });

    // User 1 has the posts 1, 3 and 5, user 2 the others; user 3 has none.
    private static string TablesOf(string author) => $"""
        CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT {author}, title TEXT);
        INSERT INTO tb_user (name) SELECT 'User ' || i FROM generate_series(1, 3) i;
        INSERT INTO tb_post (fk_user, title) SELECT (i - 1) % 2 + 1, 'Post ' || i FROM generate_series(1, 6) i;
        """;
}

using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>Small schemas: three users, two of them with three posts each. Every order of a race gets a copy of one.</summary>
internal static class RaceSchemas
{
    private const string Users = "3 users with 6 posts";

    private static readonly string Tables = TablesOf("REFERENCES tb_user(pk_user)");

    private static readonly Tview Count = new("tv_count", "pk_user",
        "SELECT fk_user AS pk_user, count(*) AS posts, max(title) AS last_title FROM tb_post GROUP BY fk_user", "tb_post");

    private static readonly Tview Post = PostOf("p.title", "JOIN");

    /// <summary>The schemas, by the words of the features.</summary>
    public static Dictionary<string, Schema> ByName { get; } = new()
    {
        [$"{Users}, and the TVIEW tv_post that shows each post with its author's name"] = new(Tables, Post),
        [$"{Users}, and the TVIEW tv_count that counts each user's posts"] = new(Tables, Count),
        [$"{Users}, and both the TVIEW tv_post and the TVIEW tv_count"] = new(Tables, Post, Count),
        [$"{Users} that may name users who are not there, and the TVIEW tv_post"] = new(TablesOf(""), PostOf("p.title", "LEFT JOIN")),
        [$"{Users} that go with their user, and both the TVIEW tv_post and the TVIEW tv_count"] =
            new(TablesOf("REFERENCES tb_user(pk_user) ON DELETE CASCADE"), Post, Count),
        [$"{Users}, and a TVIEW tv_post that cannot show a post without a title"] = new(Tables, PostOf("p.title, 100 / length(p.title) AS share", "JOIN")),
        ["2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company"] = new(TablesWithCompanies,
            new Tview("tv_post", "pk_post", "SELECT p.pk_post, p.title, u.name AS author_name, c.name AS company_name FROM tb_post p "
                + "JOIN tb_user u ON p.fk_user = u.pk_user JOIN tb_company c ON u.fk_company = c.pk_company", "tb_post", "tb_user", "tb_company")),
        ["2 companies, 3 users and 6 posts, and TVIEWs on three levels"] = new(TablesWithCompanies,
            new Tview("tv_company", "pk_company", "SELECT pk_company, name FROM tb_company", "tb_company"),
            new Tview("tv_user", "pk_user", "SELECT u.pk_user, u.name, c.name AS company_name FROM tb_user u "
                + "JOIN tv_company c ON u.fk_company = c.pk_company", "tb_user", "tv_company"),
            new Tview("tv_post", "pk_post", "SELECT p.pk_post, p.title, u.name AS author_name, u.company_name FROM tb_post p "
                + "JOIN tv_user u ON p.fk_user = u.pk_user", "tb_post", "tv_user")),
    };

    private static string TablesWithCompanies => $"""
        CREATE TABLE tb_company (pk_company SERIAL PRIMARY KEY, name TEXT);
        INSERT INTO tb_company (name) SELECT 'Company ' || i FROM generate_series(1, 2) i;
        {Tables}
        ALTER TABLE tb_user ADD fk_company INT REFERENCES tb_company(pk_company);
        UPDATE tb_user SET fk_company = pk_user % 2 + 1;
        """;

    private static Tview PostOf(string columns, string join) => new("tv_post", "pk_post",
        $"SELECT p.pk_post, {columns}, u.name AS author_name FROM tb_post p {join} tb_user u ON p.fk_user = u.pk_user", "tb_post", "tb_user");

    // User 1 has the posts 1, 3 and 5, user 2 the others; user 3 has none.
    private static string TablesOf(string author) => $"""
        CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT {author}, title TEXT);
        INSERT INTO tb_user (name) SELECT 'User ' || i FROM generate_series(1, 3) i;
        INSERT INTO tb_post (fk_user, title) SELECT (i - 1) % 2 + 1, 'Post ' || i FROM generate_series(1, 6) i;
        """;
}

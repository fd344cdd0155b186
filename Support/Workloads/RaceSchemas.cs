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

    private static readonly Tview Count = new("tv_count", CountOf("pk_user"));

    // Posts of no user are nobody's.
    private static readonly Tview Authors = new("tv_author", new DefiningQuery(new("tb_post", "p"),
        new("u.pk_user", "pk_author"), new("u.name"), new("count(*)", "posts"), new("max(p.title)", "last_title"))
    {
        Joins = [Author],
        GroupBy = ["u.pk_user", "u.name"],
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
            [$"{Users}, and the TVIEW tv_reader that joins the TVIEW tv_author"] = new(
                $"""
                {Tables}
                ALTER TABLE tb_user ADD fk_favourite INT REFERENCES tb_user(pk_user);
                UPDATE tb_user SET fk_favourite = 1;
                """,
                new Tview("tv_author", CountOf("pk_author")),
                new Tview("tv_reader", new DefiningQuery(new("tb_user", "u"), new("u.pk_user", "pk_reader"),
                    new("u.name"), new("a.posts"))
                {
                    Joins = [new(new("tv_author", "a"), "u.fk_favourite", "a.pk_author")],
                })
            ),
            [$"{Users}, and the TVIEW tv_author that counts posts where the TVIEW tv_user shows 10 points or more"] =
                new(
                    $"{Tables} ALTER TABLE tb_user ADD points INT NOT NULL DEFAULT 0;",
                    new Tview("tv_user",
                        new DefiningQuery(new("tb_user"), new("pk_user"), [new("name"), new("points")])),
                    new Tview("tv_author", CountOf("pk_author", "p.") with
                    {
                        Joins = [new(new("tv_user", "u"), "p.fk_user", "u.pk_user")],
                        Filter = "u.points >= 10",
                    })
                ),
            [$"{Users}, and the TVIEW tv_author that counts each author's posts"] = new(Tables, Authors),
            [$"{Users} that stay without their user, and both the TVIEW tv_post and the TVIEW tv_author"] = new(
                TablesOf("REFERENCES tb_user(pk_user) ON DELETE SET NULL ON UPDATE CASCADE"),
                Post,
                Authors
            ),
            [$"{Users}, a trigger that renames who has posted, at COMMIT, and the TVIEW tv_post"] = new(
                $"""
                {Tables}
                CREATE FUNCTION rename_author() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE tb_user SET name = 'has posted ' || NEW.title WHERE pk_user = NEW.fk_user;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER rename_author AFTER INSERT ON tb_post
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rename_author();
                """,
                Post
            ),
            [$"{Users} that count their readers, and the TVIEW tv_post that does not show that"] = new(
                $"{Tables} ALTER TABLE tb_post ADD readers INT NOT NULL DEFAULT 0;",
                Post
            ),
            [$"{Users} that may name users who are not there, and two TVIEWs that count each user's posts"] = new(
                TablesOf(""),
                Count,
                new Tview("tv_longest", new DefiningQuery(new("tb_post"), new("fk_user", "pk_user"),
                    [new("max(length(title))", "longest")])
                {
                    GroupBy = ["fk_user"],
                })
            ),
            ["3 users with values of many types, and the TVIEW tv_value that shows them"] = new(
                """
                CREATE TABLE tb_value (pk_value SERIAL PRIMARY KEY, word TEXT, seen TIMESTAMPTZ(6),
                    amount NUMERIC(30, 20),
                    ratio DOUBLE PRECISION, part REAL, bytes BYTEA, numbers INT[], document JSONB);
                INSERT INTO tb_value (word, seen, amount, ratio, part, bytes, numbers, document)
                SELECT 'Word ' || i, '2026-01-01 00:00:00+00', 0.3, 0.3, 0.3, '\x0102', '{1,2,3}', '{"n": ["x", "y"]}'
                FROM generate_series(1, 3) i;
                """,
                new Tview("tv_value", new DefiningQuery(new("tb_value"), new("pk_value"), new("word"), new("seen"),
                    new("amount"), new("ratio"), new("part"), new("bytes"), new("numbers"), new("document")))
            ),
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
            ["2 companies, 3 users (user 2 in none), 6 posts, and the TVIEW tv_company that lists a company's posts"] =
                new(
                    $"{TablesWithCompanies} UPDATE tb_user SET fk_company = NULL WHERE pk_user = 2;",
                    new Tview("tv_company", new DefiningQuery(new("tb_company", "c"), new("c.pk_company"),
                        [new("string_agg(p.title, ', ' ORDER BY p.pk_post)", "titles")])
                    {
                        Joins =
                        [
                            new(new("tb_user", "u"), "c.pk_company", "u.fk_company"),
                            new(new("tb_post", "p"), "u.pk_user", "p.fk_user"),
                        ],
                        GroupBy = ["c.pk_company"],
                    })
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

    private static DefiningQuery CountOf(string key, string alias = "") =>
        new(new("tb_post", alias.TrimEnd('.')), new($"{alias}fk_user", key),
            new("count(*)", "posts"), new($"max({alias}title)", "last_title"))
        {
            GroupBy = [$"{alias}fk_user"],
        };

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

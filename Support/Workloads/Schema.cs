namespace Specs.Support.Workloads;

/// <summary>The tables of a workload: the SQL that makes the base tables, and the TVIEWs over them.</summary>
/// <param name="BaseTables">One or more statements.</param>
/// <param name="Tviews">The TVIEWs, those that others read first.</param>
public sealed record Schema(string BaseTables, params Tview[] Tviews)
{
    /// <summary>The plan's tb_test and tv_test (its step 2).</summary>
    public static readonly Schema Test = new(
        "CREATE TABLE tb_test (pk_test SERIAL PRIMARY KEY, data TEXT)",
        new Tview("tv_test", "pk_test", "SELECT pk_test, data FROM tb_test", "tb_test"));

    /// <summary>The plan's users and posts (its step 3), with as many rows as the plan has.</summary>
    public static readonly Schema Posts = new(
        """
        CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT REFERENCES tb_user(pk_user), title TEXT);
        CREATE INDEX ON tb_post (fk_user);
        INSERT INTO tb_user (name) SELECT 'User ' || i FROM generate_series(1, 100) i;
        INSERT INTO tb_post (fk_user, title) SELECT i % 100 + 1, 'Post ' || i FROM generate_series(1, 1000) i;
        """,
        new Tview("tv_post", "pk_post",
            "SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user",
            "tb_post", "tb_user"));
}

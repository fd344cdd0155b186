using System.Globalization;
using Specs.Support.Model;

namespace Specs.Support.Bench;

/// <summary>Tables of which one thing grows while all else stays as it is.</summary>
public static class BenchSchemas
{
    private static readonly int[] Counts = [1, 2, 4, 8],
        Levels = [1, 2, 3, 4],
        Sizes = [1000, 10_000, 100_000, 1_000_000];

    /// <summary>tb_test with so many rows, and its TVIEW; and tb_plain, which has none.</summary>
    /// <param name="rows">How many.</param>
    public static Schema Rows(int rows) =>
        new(Table("tb_test", rows) + Table("tb_plain", 1000), Tview("tv_test", "tb_test"));

    /// <summary>tb_rows_1000 to tb_rows_1000000, each with as many rows and its TVIEW.</summary>
    public static Schema MoreRows { get; } =
        new(
            string.Concat(Sizes.Select(n => Table($"tb_rows_{n}", n))),
            [.. Sizes.Select(n => Tview($"tv_rows_{n}", $"tb_rows_{n}"))]
        );

    /// <summary>tb_plain without a TVIEW, tb_tviews_1, _2, _4 and _8 with so many, and tb_levels_1 to _4 with a TVIEW
    /// over a TVIEW over …, all with a thousand rows.</summary>
    public static Schema TviewsAndLevels { get; } =
        new(
            string.Concat(
                Counts
                    .Select(n => $"tb_tviews_{n}")
                    .Concat(Levels.Select(n => $"tb_levels_{n}"))
                    .Append("tb_plain")
                    .Select(t => Table(t, 1000))
            ),
            [
                .. Counts.SelectMany(n =>
                    Enumerable.Range(1, n).Select(i => Tview($"tv_tviews_{n}_{i}", $"tb_tviews_{n}"))
                ),
                .. Levels.SelectMany(n =>
                    Enumerable
                        .Range(1, n)
                        .Select(i => Tview($"tv_levels_{n}_{i}", i == 1 ? $"tb_levels_{n}" : $"tv_levels_{n}_{i - 1}"))
                ),
            ]
        );

    /// <summary>
    /// A thousand users with ten posts each, tb_post with its TVIEW and tb_bare_post without; tb_test with its TVIEW
    /// and tb_plain.
    /// </summary>
    public static Schema BesidePlainTables { get; } = new(
        Posts("") + Posts("bare_") + Table("tb_test", 1000) + Table("tb_plain", 1000), Tview("tv_test", "tb_test"),
        new Tview("tv_post", "pk_post", "SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user "
            + "u ON p.fk_user = u.pk_user", "tb_post", "tb_user"));

    private static string Posts(string prefix) => $"""
        CREATE TABLE tb_{prefix}user (pk_user SERIAL PRIMARY KEY, name TEXT);
        CREATE TABLE tb_{prefix}post (pk_post SERIAL PRIMARY KEY, fk_user INT REFERENCES tb_{prefix}user, title TEXT);
        INSERT INTO tb_{prefix}user (name) SELECT 'User ' || i FROM generate_series(1, 1000) i;
        INSERT INTO tb_{prefix}post (fk_user, title) SELECT i % 1000 + 1, 'Post ' || i FROM generate_series(1, 10000) i;
        CREATE INDEX ON tb_{prefix}post (fk_user);
        """;

    private static string Table(string name, int rows) => string.Create(CultureInfo.InvariantCulture,
        $"CREATE TABLE {name} (pk_test SERIAL PRIMARY KEY, data TEXT); INSERT INTO {name} (data) SELECT 'row ' || i "
            + $"FROM generate_series(1, {rows}) i;");

    private static Tview Tview(string name, string source) =>
        new(name, new DefiningQuery(new(source), new("pk_test"), [new("data")]));
}

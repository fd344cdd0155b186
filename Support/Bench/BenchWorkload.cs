using System.Globalization;
using System.Text.RegularExpressions;
using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.Support.Bench;

/// <summary>One transaction: a statement, and for each of its values up to which number it is drawn, from 1.</summary>
/// <param name="Sql">With $1, $2 … for its values.</param>
/// <param name="Most">The largest of each value.</param>
public sealed record Script(string Sql, params int[] Most)
{
    /// <summary>The same text as pgbench and psql read it: their variables instead of numbered values.</summary>
    public string WithVariables => Regex.Replace(Sql, @"\$(\d+)", ":v$1") + ";\n";
}

/// <summary>What every driver of the bench runs: one of these statements, drawn anew for each transaction.</summary>
/// <param name="Name">By which the features call it.</param>
/// <param name="Scripts">The statements; each is as likely as any other.</param>
public sealed record BenchWorkload(string Name, params Script[] Scripts)
{
    /// <summary>All of them.</summary>
    public static Vocabulary<BenchWorkload> Words { get; } = new("workload of the bench",
        "When each of 100 sessions …, 15 times, in 5 turns by the fleet, by pgbench and by psql", [.. All().Select(
        w => new Word<BenchWorkload>(w.Name, string.Join("\n", w.Scripts.Select(s => s.Sql)), w))]);

    private static BenchWorkload[] All() =>
        [
            new("reads a row", new Script("SELECT title FROM tb_post WHERE pk_post = $1", 1000)),
            new("inserts a row", new Script("INSERT INTO tb_test (data) VALUES ('row ' || $1::int)", 1_000_000)),
            new(
                "renames a user or retitles a post",
                new Script("UPDATE tb_user SET name = 'name ' || $2::int WHERE pk_user = $1", 100, 1_000_000),
                new Script("UPDATE tb_post SET title = 'title ' || $2::int WHERE pk_post = $1", 1000, 1_000_000)
            ),
            new("asks for nothing", new Script("SELECT 1")),
            .. new[]
            {
                "tb_test",
                "tb_plain",
                "tb_tviews_1",
                "tb_tviews_2",
                "tb_tviews_4",
                "tb_tviews_8",
                "tb_levels_1",
                "tb_levels_2",
                "tb_levels_3",
                "tb_levels_4",
                "tb_rows_1000",
                "tb_rows_10000",
                "tb_rows_100000",
                "tb_rows_1000000",
            }.SelectMany(table =>
                new BenchWorkload[]
                {
                    new(
                        $"changes a row of {table}",
                        new Script($"UPDATE {table} SET data = 'new ' || $2::int WHERE pk_test = $1", 1000, 1_000_000)
                    ),
                    new(
                        $"changes the first row of {table}",
                        new Script($"UPDATE {table} SET data = 'new ' || $1::int WHERE pk_test = 1", 1_000_000)
                    ),
                    new(
                        $"inserts a row into {table}",
                        new Script($"INSERT INTO {table} (data) VALUES ('row ' || $1::int)", 1_000_000)
                    ),
                }
            ),
            .. new[] { "", "bare_" }.SelectMany(prefix => new BenchWorkload[]
            {
                new($"inserts a post into tb_{prefix}post", new Script(
                    $"INSERT INTO tb_{prefix}post (fk_user, title) VALUES ($1, 'title ' || $2::int)", 1000, 1_000_000)),
                new($"retitles a post of tb_{prefix}post", new Script(
                    $"UPDATE tb_{prefix}post SET title = 'title ' || $2::int WHERE pk_post = $1", 10_000, 1_000_000)),
                new($"renames a user of tb_{prefix}user", new Script(
                    $"UPDATE tb_{prefix}user SET name = 'name ' || $2::int WHERE pk_user = $1", 1000, 1_000_000)),
            }),
            .. new[] { 1, 10, 1000, 100_000 }.Select(keys => new BenchWorkload(
                string.Create(CultureInfo.InvariantCulture, $"changes the first {keys} rows in one statement"),
                new Script(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"UPDATE tb_test SET data = 'new ' || $1::int WHERE pk_test <= {keys}"
                    ),
                    1_000_000
                )
            )
            {
                Keys = keys,
            }),
        ];

    /// <summary>How many refresh keys one transaction touches; what a sheet shows is for each of them.</summary>
    public int Keys { get; private init; } = 1;

    /// <summary>The workload of that name.</summary>
    public static BenchWorkload Named(string name) => Words.Named(name);

    /// <summary>The workload as the fleet's sessions run it.</summary>
    public TransactionProfile Transaction => new(Name, (session, _, cancel) =>
    {
        var script = Scripts[session.Random.Next(Scripts.Length)];
        var values = new object[script.Most.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = session.Random.Next(1, script.Most[i] + 1);
        }

        return session.ExecuteAsync(script.Sql, cancel, values);
    });

    /// <summary>The workload as pgbench reads it, a file for each statement.</summary>
    public IEnumerable<string> Files =>
        Scripts.Select(s =>
            string.Concat(
                s.Most.Select(
                    (most, i) => string.Create(CultureInfo.InvariantCulture, $"\\set v{i + 1} random(1, {most})\n")
                )
            ) + s.WithVariables
        );
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Specs.Support.Hosts;
using Specs.Support.Model;
using Specs.Support.Scheduling;

namespace Specs.Support.Bench;

/// <summary>
/// PostgreSQL's own isolation tester, which takes the same permutations of the same steps and judges nothing.
/// </summary>
/// <param name="connection">The connection string of a database of its own.</param>
/// <param name="folder">The run's temporary folder.</param>
/// <param name="limit">How long one turn may take.</param>
public sealed class IsolationTester(string connection, string folder, TimeSpan limit)
{
    private const string Place = "pgxs/src/test/isolation/isolationtester";

    private static string? Program =>
        Programs.Installed("/usr/lib/postgresql", "lib/" + Place)
            .Concat(Programs.Installed("/usr", "lib/" + Place, "pgsql-*"))
            .FirstOrDefault(File.Exists);

    /// <summary>Why it cannot be asked here; null where it can.</summary>
    public static Unsupported? Unsupported =>
        Program is null
            ? new("PostgreSQL's isolationtester is not installed; it comes with postgresql-server-dev-*.")
            : null;

    /// <summary>Takes the steps in some permutations, one after the other.</summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="orders">The permutations.</param>
    public async Task<Round> RunAsync(Race race, IReadOnlyList<string> orders)
    {
        var spec = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bench")).FullName, "race.spec");
        var server = new NpgsqlConnectionStringBuilder(connection);
        await File.WriteAllTextAsync(spec, SpecOf(race, orders, server.Database!));
        var began = Stopwatch.GetTimestamp();
        // It reads its permutations from standard input, and the way to the server from the environment.
        string[] command = ["-c", "exec \"$0\" \"dbname=$PGDATABASE\" <\"$1\"", Program!, spec];
        var (code, said, errors) = await Programs.RunClientAsync("/bin/sh", connection, command, limit);
        var taken = said.Split('\n').Count(l => l.StartsWith("starting permutation:", StringComparison.Ordinal));
        return code == 0 && taken == orders.Count
            ? new Round(taken, Stopwatch.GetElapsedTime(began).TotalSeconds)
            : throw new InvalidOperationException(
                $"The isolation tester took {taken} of {orders.Count} permutations: {errors}"
            );
    }

    /// <summary>
    /// The race as it reads it: what it was before comes back before each permutation, as for the explorer.
    /// </summary>
    private static string SpecOf(Race race, IReadOnlyList<string> orders, string database)
    {
        var spec = new StringBuilder($"setup {{ {Checkpoint.NoTriggersSql}; SELECT {Checkpoint.Restore}; }}\n");
        foreach (var (session, steps) in race.Sessions)
        {
            spec.Append(CultureInfo.InvariantCulture, $"session {session}\n");
            foreach (var step in steps)
            {
                var sql = string.Join("; ", step.Command.Sql)
                    .Replace(StepWords.Database, database, StringComparison.Ordinal);
                spec.Append(CultureInfo.InvariantCulture, $"step {NameOf(step)} {{ {sql}; }}\n");
            }
        }

        foreach (var order in orders)
        {
            spec.Append("permutation ").AppendJoin(' ', race.In(order).Select(NameOf)).Append('\n');
        }

        return spec.ToString();
    }

    private static string NameOf(Step step) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.Session.ToLowerInvariant()}{step.Number}");
}

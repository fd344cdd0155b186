using System.Globalization;
using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Hosts;

/// <summary>A copy of a database as backups make it: pg_dump in its custom format, and pg_restore.</summary>
internal static class DumpRestore
{
    /// <summary>Why that cannot be done here, as a part of a sentence; null where it can.</summary>
    /// <param name="server">The server's version, for example "15.18".</param>
    internal static async Task<Unsupported?> UnsupportedAsync(string server)
    {
        if (Programs.FindClient("pg_dump") is not { } program || Programs.FindClient("pg_restore") is null)
        {
            return new("pg_dump and pg_restore are not installed on this machine");
        }

        var (_, said) = await Programs.RunAsync(program, ["--version"], false);
        var own = MajorOf(said.Split(' ')[2]);
        return own < MajorOf(server)
            ? new($"pg_dump of PostgreSQL {own} refuses to dump a server of PostgreSQL {MajorOf(server)}")
            : null;
    }

    /// <summary>Dumps a database and restores it as another one, which has to be there and empty.</summary>
    /// <param name="source">The connection string of the one.</param>
    /// <param name="target">That of the other.</param>
    /// <param name="jobs">How many connections restore.</param>
    /// <param name="folder">Where the dump may lie meanwhile.</param>
    /// <exception cref="InvalidOperationException">A program failed; its message holds what it said.</exception>
    internal static async Task CopyAsync(string source, string target, int jobs, string folder)
    {
        var file = Path.Combine(folder, "dump");
        await RunAsync("pg_dump", source, "--format=custom", $"--file={file}");
        await RunAsync(
            "pg_restore",
            target,
            "--exit-on-error",
            $"--jobs={jobs}",
            $"--dbname={new NpgsqlConnectionStringBuilder(target).Database}",
            file
        );
        File.Delete(file);
    }

    private static async Task RunAsync(string program, string connection, params string[] arguments)
    {
        var (code, _, errors) = await Programs.RunClientAsync(Programs.FindClient(program)!, connection, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} failed: {errors.Trim()}");
        }
    }

    private static int MajorOf(string version) => int.Parse(
        string.Concat(version.TakeWhile(char.IsAsciiDigit)),
        CultureInfo.InvariantCulture
    );
}

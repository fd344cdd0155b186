using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Hosts;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Cli;

/// <summary>Makes a folder of tables out of a running database, which it only reads.</summary>
internal static class SchemaTake
{
    /// <summary>Takes definitions and a sample of the rows.</summary>
    /// <param name="settings">What was typed.</param>
    /// <exception cref="UserError">The folder is not empty, the server refuses it, or pg_dump is missing.</exception>
    internal static async Task<int> RunAsync(SchemaSettings settings)
    {
        if (Directory.Exists(settings.Folder) && Directory.EnumerateFileSystemEntries(settings.Folder).Any())
        {
            throw new UserError($"The folder {settings.Folder} is not empty; name one that is not there yet.");
        }

        var program = Programs.FindClient("pg_dump")
            ?? throw new UserError("pg_dump is not installed; install PostgreSQL's client programs.");
        var given = (string)new ConnectionStringAttribute().Read("--schema-from", settings.From!);
        var target = new NpgsqlConnectionStringBuilder(given)
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw LoginFailure.InWords(e, target.ConnectionString, "see whether it runs, and name it by --schema-from");
        }

        var engine = settings.Engine is { } name
            ? new InstalledEngine(TviewEngine.Of(EngineFolder.Of(name), null)) : null;
        var rows = (int)new WholeNumberAttribute(1, 10_000).Read("--rows", settings.Rows ?? "100");
        var clock = Stopwatch.StartNew();
        IReadOnlyDictionary<string, string> files;
        IReadOnlyList<(string Table, int Rows)> taken;
        try
        {
            (files, taken) = await new SchemaSample(connection, rows, engine).TakeAsync(s =>
                DumpAsync(program, target.ConnectionString, [$"--snapshot={s}", .. engine?.DumpOptions ?? []]));
        }
        catch (PostgresException e)
        {
            throw new UserError($"The database {target.Database} could not be read: {e.MessageText} ({e.SqlState}).");
        }

        Directory.CreateDirectory(settings.Folder);
        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(settings.Folder, file), text);
        }

        var (count, seconds) = (taken.Sum(t => t.Rows), clock.Elapsed.TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Folder}: {taken.Count} tables with {count} rows, in {seconds:0.0} s.")
            + " Nothing was written to the database.");
        Console.WriteLine("The rows are real ones: mind who may read them. "
            + (engine is null ? "Now write a file tv_NAME.sql with the SELECT\nof each TVIEW, and then "
                : $"The SELECTs of {engine.Tviews.Count} TVIEWs are those of the engine's catalogue; now\n")
            + $"'./specs schema check {settings.Folder}'.");
        return 0;
    }

    private static async Task<string> DumpAsync(string program, string connection, IEnumerable<string> options)
    {
        string[] arguments = ["--schema-only", "--no-owner", "--no-privileges", "--no-publications",
            "--no-subscriptions", "--no-security-labels", "--no-tablespaces", .. options];
        var (code, text, errors) = await Programs.RunClientAsync(program, connection, arguments);
        return code == 0 ? text
            : throw new UserError($"pg_dump says: {errors.Trim().Split('\n')[0]}; it must not be older than "
                + "the server, and its user must be allowed to read the tables.");
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Hosts;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Cli;

/// <summary>Says in one screen what a folder of somebody's own tables holds and what would be done with it.</summary>
internal static class SchemaCommand
{
    private const int NameWidth = 24, CountWidth = 10, KeyWidth = 24;

    /// <summary>
    /// check reads the folder on a server of its own, and removes that again; take makes one out of a database.
    /// </summary>
    /// <param name="settings">What was typed.</param>
    /// <exception cref="UserError">The folder, the server or the engine refuses something.</exception>
    internal static Task<int> RunAsync(SchemaSettings settings) =>
        (settings.What, settings.From) switch
        {
            ("check", null) when settings.Engine is null => CheckAsync(settings),
            ("take", not null) => SchemaTake.RunAsync(settings),
            ("check" or "take", _) => throw new UserError("check takes neither --schema-from nor --engine, and take "
                + "needs --schema-from: './specs schema take DIR --schema-from CONNECTION' makes a folder out of "
                + "a database."),
            _ => throw new UserError($"schema does not know '{settings.What}'; write './specs schema check DIR', or "
                + "'./specs schema take DIR --schema-from CONNECTION'."),
        };

    private static async Task<int> CheckAsync(SchemaSettings settings)
    {
        var files = SchemaFolder.Read(settings.Folder);
        var options = RunOptions.Read(FeatureRun.Variables);
        MissingPrograms.Install(options);
        var folder = new RunFolder(options.RunId);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Remove();
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var watched = signals.Select(s => PosixSignalRegistration.Create(s, _ => folder.Remove())).ToList();
        try
        {
            var (host, _) = await HostFactory.StartAsync(options, folder, options.Capacity, _ => { });
            await using (host)
            {
                await using var databases = await Databases.OpenAsync(host.Admin, options.RunId, options.Capacity,
                    host.WhenSilent, _ => { });
                var engine = TviewEngine.Of(options.Engine, null);
                await databases.CreateTemplateAsync(async database =>
                {
                    await using var template = new NpgsqlConnection(database);
                    await template.OpenAsync();
                    await engine.InstallAsync(template);
                    databases.SearchPath = engine.SearchPath;
                });
                await using var connection = new NpgsqlConnection(
                    databases.ConnectionTo(await databases.CreateAsync()));
                await connection.OpenAsync();
                Say(await LoadedSchema.ReadAsync(files, connection, engine), engine);
            }
        }
        finally
        {
            folder.Remove();
            watched.ForEach(w => w.Dispose());
        }

        return 0;
    }

    private static void Say(LoadedSchema own, TviewEngine engine)
    {
        Console.WriteLine($"{own.Folder.Path}: {own.Words}\n");
        HelpCommand.Rows(
            own.Tables.Select(t => new[]
            {
                t.Name, Number(t.Count), t.Key.Count == 0 ? "none" : string.Join(", ", t.Key.Select(k => k.Plain)),
                string.Join("; ", t.Has.Concat(t.Links.Select(l => "→ " + l.Parent).Distinct())
                    .Append(own.IsRead(t) ? "" : "no TVIEW reads it").Where(w => w.Length > 0)),
            }).Prepend(["table", "rows", "key", "has"]),
            NameWidth, CountWidth, KeyWidth);
        HelpCommand.Rows(
            own.Tviews.Select(t => new[] { t.Name, t.Key, "reads " + string.Join(", ", t.Reads) })
                .Prepend(["TVIEW", "key", ""]),
            NameWidth, CountWidth + KeyWidth);
        foreach (var note in own.Notes)
        {
            Console.WriteLine($"note: {note}");
        }

        Console.WriteLine($"The engine {engine.Name} takes {(own.LeftOut.Count == 0 ? "all of them" : "the others")}.\n"
            + $"'./specs explore --schema {own.Folder.Path}' takes random transactions over them in chosen "
            + "permutations,\nand './specs run --schema' also as a load; after each the TVIEWs are compared with their "
            + "queries.");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}

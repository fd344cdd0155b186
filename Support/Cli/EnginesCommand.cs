using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Reports;

namespace Specs.Support.Cli;

/// <summary>Lists the engines, or runs the features on each of them and puts what they showed side by side.</summary>
internal static class EnginesCommand
{
    private const int NameWidth = 19, WhenWidth = 22, NeedsWidth = 26;

    /// <summary>Does what was asked for.</summary>
    /// <param name="settings">The options of the command line.</param>
    /// <param name="selection">What is to run, as `dotnet test --filter` takes it.</param>
    /// <returns>0 all well, 1 something failed, 130 it was interrupted.</returns>
    /// <exception cref="UserError">An engine is not known, or none of them is there.</exception>
    internal static async Task<int> StartAsync(EnginesSettings settings, string selection)
    {
        if (settings.Run)
        {
            return await RunAsync(settings, selection);
        }

        if (OptionTable.All.Any(o => o.IsOf(settings) && o.Property.GetValue(settings) is string))
        {
            throw new UserError(
                "engines lists all engines and takes no option; with --run it runs the features on each."
            );
        }

        HelpCommand.Rows(
            EngineFolder
                .Names.Order(StringComparer.Ordinal)
                .Select(n => (Name: n, EngineFolder.Of(n).Profile))
                .Select(e => new[] { e.Name, When(e.Profile.Refreshes), NeedsOf(e.Profile), e.Profile.About })
                .Prepend(["engine", "refreshes", "needs", "is"]),
            NameWidth,
            WhenWidth,
            NeedsWidth
        );
        Console.WriteLine("A package is the server's own, or given by --extension DIR; preload: it must be in "
            + "shared_preload_libraries.\nAn engine of your own is a folder: --engine FOLDER; "
            + "Support/Engines/README.md says what is in it.");
        return 0;
    }

    // The same seed for all, so that each of them meets the same random statements.
    private static async Task<int> RunAsync(EnginesSettings settings, string selection)
    {
        var names = (settings.Engine ?? FeatureRun.Variables["ENGINE"])
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [.. EngineFolder.Names.OrderBy(n => n != "reference").ThenBy(n => n, StringComparer.Ordinal)];
        var folders = names.Select(EngineFolder.Of).ToList();
        var extension = settings.Extension ?? FeatureRun.Variables["EXTENSION"];
        settings.Seed ??= FeatureRun.Variables["SEED"]
            ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture);
        var (runs, missing) = (new List<RunRecord>(), new List<(string, string)>());
        foreach (var engine in folders)
        {
            Console.WriteLine($"engine   {engine.Path}, {runs.Count + missing.Count + 1} of {folders.Count}");
            settings.Engine = engine.Path;
            settings.Extension = engine.Profile.Package is null ? null : extension;
            Environment.SetEnvironmentVariable("SPECS_EXTENSION", settings.Extension);
            try
            {
                var (code, folder) = await FeatureRun.StartAsync(settings, selection, besides: false);
                if (code == FeatureRun.Interrupted)
                {
                    return code;
                }

                runs.Add(RunRecord.Read(folder ?? throw new UserError("its run ended without a report.")));
            }
            catch (UserError e)
            {
                Console.WriteLine($"not there: {e.Message}\n");
                missing.Add((engine.Profile.Name, e.Message));
            }
        }

        return runs.Count > 0 ? MergeCommand.JoinEngines(runs, missing)
            : throw new UserError($"none of the engines could be run; the first of them, {missing[0].Item1}, because: "
                + missing[0].Item2);
    }

    private static string NeedsOf(EngineProfile engine) =>
        engine.Package is not { } package ? "nothing" : $"package {package}{(engine.Preload ? ", preload" : "")}";

    private static string When(RefreshMoment moment) => moment switch
    {
        RefreshMoment.Row => "after each changed row",
        RefreshMoment.Statement => "when a statement ends",
        RefreshMoment.Commit => "at COMMIT",
        _ => "later",
    };
}

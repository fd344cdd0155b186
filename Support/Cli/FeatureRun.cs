using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Specs.Support.Configuration;
using Specs.Support.Hosts;
using Specs.Support.Reports;

namespace Specs.Support.Cli;

/// <summary>Runs the selected scenarios by `dotnet test`, shows their progress, and says how it ended.</summary>
internal sealed class FeatureRun : IDisposable
{
    /// <summary>How it ends after Ctrl-C.</summary>
    internal const int Interrupted = 130;

    /// <summary>The page that Reqnroll makes of a run, in the run's folder.</summary>
    internal const string ReqnrollPage = "reqnroll_report.html";

    /// <summary>Reqnroll's messages about the run, one a line, in the same folder.</summary>
    internal const string ReqnrollMessages = "reqnroll_report.ndjson";

    private const string Results = "results.trx";
    private const string AtOnce = "SPECS_AT_ONCE";

    // Each has a server.
    private const int MostAtOnce = 4;

    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly RunFolder _folder = new(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    private readonly ProgressListener _progress;
    private volatile bool _interrupted;

    private FeatureRun()
    {
        _progress = new ProgressListener(Path.Combine(_folder.Path, "progress"));
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        foreach (var signal in signals)
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                _interrupted = true;
                _progress.End();
            }));
        }
    }

    /// <summary>The SPECS_* variables.</summary>
    internal static IConfiguration Variables => new ConfigurationBuilder().AddEnvironmentVariables("SPECS_").Build();

    /// <summary>The variables with which Reqnroll writes its two reports.</summary>
    /// <param name="folder">Where it writes them.</param>
    internal static Dictionary<string, string?> ReqnrollReportsIn(string folder) => new()
    {
        ["REQNROLL_FORMATTERS_HTML"] = "outputFilePath=" + Path.Combine(folder, ReqnrollPage),
        ["REQNROLL_FORMATTERS_MESSAGE"] = "outputFilePath=" + Path.Combine(folder, ReqnrollMessages),
    };

    /// <summary>Runs them.</summary>
    /// <param name="settings">The options of the command line.</param>
    /// <param name="selection">What is to run, as `dotnet test --filter` takes it.</param>
    /// <param name="besides">Whether features may run beside one another.</param>
    /// <param name="defaults">Variables that have a value of their own for this word.</param>
    /// <returns>0 all well, 1 something failed, 130 it was interrupted; and the run's folder, if it has one.</returns>
    /// <exception cref="UserError">It could not begin.</exception>
    internal static async Task<(int Code, string? Folder)> StartAsync(
        RunSettings settings,
        string selection,
        bool besides,
        params (string, string)[] defaults
    )
    {
        Export(settings, defaults);
        var options = RunOptions.Read(Variables);
        MissingPrograms.Install(options);
        var atOnce = options.AtOnce;
        if (besides && Of(AtOnce) is null && options.OneAtATimeFor is null)
        {
            atOnce = Math.Min(Environment.ProcessorCount, MostAtOnce);
            Environment.SetEnvironmentVariable(AtOnce, $"{atOnce}");
        }

        foreach (var line in RunFolder.SweepOthers())
        {
            Console.WriteLine(line);
        }

        using var run = new FeatureRun();
        var code = await run.TestAsync(Selection.Of(selection, settings.Filter), settings.Filter, atOnce);
        return (code, Path.GetDirectoryName(run._progress.Results));
    }

    /// <summary>Removes the folder, and ends what still runs from there.</summary>
    public void Dispose()
    {
        _progress.Dispose();
        _folder.Remove();
        _signals.ForEach(s => s.Dispose());
    }

    // The test host reads variables, so what was given on the command line becomes one.
    private static void Export(RunSettings settings, IEnumerable<(string Variable, string Value)> defaults)
    {
        foreach (var (variable, value) in defaults.Where(d => Of(d.Variable) is null))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        foreach (var option in OptionTable.All.Where(o => o.Variable is not null && o.IsOf(settings)))
        {
            var given = option.Property.GetValue(settings) switch
            {
                true => "1",
                string text => text.Trim(),
                _ => null,
            };
            if (given is not null)
            {
                option.Rule.Read(option.Flag!, given);
                Environment.SetEnvironmentVariable(option.Variable!, given);
            }

            if (Of(option.Variable!) is { } value)
            {
                Environment.SetEnvironmentVariable(option.Variable!, option.Rule.Anywhere(value));
            }
        }
    }

    private static string? Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private async Task<int> TestAsync(string selection, string? filter, int atOnce)
    {
        var (code, said) = await DotnetTestAsync(selection, atOnce);
        await _progress.EndedAsync();
        if (_interrupted)
        {
            Console.Error.WriteLine("specs: stopped.");
            return Interrupted;
        }

        if (File.Exists(_progress.Refused))
        {
            throw new UserError(File.ReadAllText(_progress.Refused));
        }

        var counts = TestCounts.Read(Path.Combine(_folder.Path, Results));
        if (counts.Total == 0 && (code == 0 || !_progress.HasBegun))
        {
            if (code != 0)
            {
                Console.Error.WriteLine(said.TrimEnd());
            }

            throw new UserError(
                "no scenario ran" + (filter is null ? "." : $", because none matches --filter {filter}; features about "
                    + "the suite itself run by './specs test', those of Bench by './specs bench'."));
        }

        KeepResults();
        if (code != 0 && !_progress.HasToldOfFailure)
        {
            Console.Error.WriteLine(said);      // a failure that no scenario has told of is one of the run itself
        }

        if (code != 0 && (counts.Failed == 0 || counts.OfTheRun > 0))
        {
            Console.WriteLine("specs: the run did not end as it should, so it counts as one failure.");
            counts = counts with { Total = counts.Total + 1, Failed = counts.Failed + 1 };
        }

        var known = counts.Known == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{counts.Known} known, ");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{counts.Passed} passed, {counts.Failed} failed, {known}{counts.Skipped} skipped"));
        return code == 0 ? 0 : 1;
    }

    private async Task<(int Code, string Said)> DotnetTestAsync(string selection, int atOnce)
    {
        // The .NET tools leave folders in the temporary one; so they have one that goes with the run.
        var temporary = Directory.CreateDirectory(Path.Combine(_folder.Path, "tmp")).FullName;
        // By itself the test host takes one feature after the other (xunit.runner.json).
        string[] beside = atOnce == 1 ? []
            : ["--", "xUnit.ParallelizeTestCollections=true", $"xUnit.MaxParallelThreads={atOnce}"];
        var start = new ProcessStartInfo("dotnet", ["test", typeof(FeatureRun).Assembly.Location, "--filter", selection,
            "--logger", $"trx;LogFileName={Results}", "--results-directory", _folder.Path, .. beside])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RunOptions.TreeRoot(),
            Environment =
            {
                ["TMPDIR"] = temporary,
                [ProgressSocket.Variable] = _progress.Path,
            },
        };
        foreach (var (name, value) in ReqnrollReportsIn(_folder.Path))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    // Beside what the run itself has left behind.
    private void KeepResults()
    {
        if (_progress.Results is not { } results)
        {
            return;
        }

        var folder = Path.GetDirectoryName(results)!;
        foreach (var name in new[] { Results, ReqnrollPage, ReqnrollMessages })
        {
            if (File.Exists(Path.Combine(_folder.Path, name)))
            {
                File.Copy(Path.Combine(_folder.Path, name), Path.Combine(folder, name), true);
            }
        }

        if (Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            File.AppendAllText(summary, File.ReadAllText(Path.Combine(folder, "report.md")));
        }
    }
}

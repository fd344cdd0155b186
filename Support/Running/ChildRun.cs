using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Specs.Support.Reports;

namespace Specs.Support.Running;

/// <summary>How a child run ended.</summary>
/// <param name="Lines">What became of each scenario; none where the run was refused.</param>
/// <param name="Output">All that was printed.</param>
public sealed record ChildRunResult(IReadOnlyList<ScenarioLine> Lines, string Output);

/// <summary>
/// The suite's own features, run once more in a process and on a server of their own, as a user runs them.
/// </summary>
/// <param name="run">The run within which that happens.</param>
public sealed class ChildRun(Run run)
{
    /// <summary>Runs some features to their end.</summary>
    /// <param name="output">The folder that receives what the run leaves behind.</param>
    /// <param name="filter">Which, as `dotnet test --filter` takes it.</param>
    /// <param name="settings">SPECS_* variables, beside those of this run, and others.</param>
    /// <exception cref="OperationCanceledException">A signal ends this run.</exception>
    public async Task<ChildRunResult> StartAsync(string output, string filter, Dictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet", ["test", typeof(ChildRun).Assembly.Location, "--filter", filter])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SPECS_OUTPUT"] = output,
                ["SPECS_PROGRESS"] = null,
                ["SPECS_STRICT"] = null,
                ["SPECS_START_AT"] = null,
                ["SPECS_AT_ONCE"] = null,
                ["SPECS_SHARD"] = null,
                ["SPECS_FAULT_SHARD"] = null,
                // Reqnroll's own reports: nobody reads them, and they lie beside the assembly, as those of this run.
                ["REQNROLL_FORMATTERS_DISABLED"] = "true",
                ["SPECS_SEED"] = run.Options.Seed.ToString(CultureInfo.InvariantCulture),
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        run.RequireToGoOn();
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        run.RequireToGoOn();
        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(output).FullName, "output.txt"),
            await said + await errors
        );
        var results = Path.Combine(output, "latest", RunReport.ResultsName);
        return new(
            File.Exists(results)
                ? [.. File.ReadLines(results).Select(l => JsonSerializer.Deserialize<ScenarioLine>(l)!)]
                : [],
            await said + await errors
        );
    }
}

using System.Diagnostics;
using Shouldly;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.Support.Drivers;

/// <summary>./specs as a user types it, but for the build, with a temporary folder of its own.</summary>
public sealed class CommandLine(Run run, Requirements requires)
{
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(60);
    private static readonly string[] Kept = ["SPECS_POSTGRES", "SPECS_PG_BIN", "SPECS_CACHE"];

    private readonly string _temporary = run.NewFolder("typed");

    private string _killed = "";
    private string _host = "";
    private string[] _segments = [];

    /// <summary>Its exit code.</summary>
    public int Code { get; private set; }

    /// <summary>All that it said.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Runs it to its end.</summary>
    /// <param name="words">What is typed behind ./specs.</param>
    public Task TypeAsync(string words) => TypeAsync(words.Split(' '));

    /// <summary>The same with words that hold blanks.</summary>
    public async Task TypeAsync(params string[] words)
    {
        using var process = Start(words);
        var errors = process.StandardError.ReadToEndAsync();
        Said = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        Code = process.ExitCode;
    }

    /// <summary>The place of a file that it has left behind.</summary>
    /// <param name="name">The file's name in the folder of the run.</param>
    public string LeftBehind(string name) => Path.Combine(_temporary, "artifacts", "latest", name);

    /// <summary>What it has left in its temporary folder, but for the artifacts of runs.</summary>
    public IReadOnlyList<string> LeftInTemporary() =>
        [.. Directory.GetFileSystemEntries(_temporary).Select(f => Path.GetFileName(f)).Where(f => f != "artifacts")];

    /// <summary>Runs features, and kills it with SIGKILL as soon as their server answers.</summary>
    public async Task KillAsync()
    {
        requires.LocalServer();
        using var process = Start("run", "--host", "local", "--filter", "insert posts of the same user");
        _ = process.StandardError.ReadToEndAsync();
        for (var line = ""; line?.StartsWith("output ", StringComparison.Ordinal) == false; Said += line + "\n")
        {
            line = await process.StandardOutput.ReadLineAsync();
        }

        _killed = Folders().ShouldHaveSingleItem($"the run did not begin: {Said}");
        _host = File.ReadAllText(Path.Combine(_killed, "owner")).Split(' ')[0];
        _segments = [.. RunFolder.SegmentsOf(_killed)];
        _segments.ShouldNotBeEmpty("its server does not run");
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until its test host, its server, their folder and shared memory are gone.</summary>
    public async Task ShouldEndItselfAsync() => (await Poll.UntilAsync(
        () => Task.FromResult(!Directory.Exists(_killed) && RunFolder.ProcessesOf(_killed).Count == 0
            && !Directory.Exists($"/proc/{_host}") && !Segments().Intersect(_segments).Any()), ToEnd))
        .ShouldBeTrue("what the killed run had started still runs");

    // The second column is the segment's id.
    private static IEnumerable<string> Segments() => File.ReadLines("/proc/sysvipc/shm")
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>Whether nothing of it is left after ./specs clean, or another run.</summary>
    public async Task ShouldBeClearedAwayAsync()
    {
        await TypeAsync("clean");
        Said.ShouldContain("cleared away what an earlier run left");
        Directory.GetFileSystemEntries(_temporary, RunFolder.Prefix + "*").ShouldBeEmpty();
        RunFolder.ProcessesOf(_temporary).ShouldBeEmpty();
    }

    // The test host's lies in the temporary folder that ./specs gives to it.
    private string[] Folders() => [.. Directory.GetDirectories(_temporary, RunFolder.Prefix + "*")
        .Select(f => Path.Combine(f, "tmp")).Where(Directory.Exists)
        .SelectMany(f => Directory.GetDirectories(f, RunFolder.Prefix + "*"))];

    private Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(n => n.StartsWith("SPECS_", StringComparison.Ordinal) && !Kept.Contains(n)))
        {
            start.Environment.Remove(name);
        }

        start.Environment["TMPDIR"] = _temporary;
        start.Environment["SPECS_OUTPUT"] = Path.Combine(_temporary, "artifacts");
        // Short runs, of which a tenth is Reqnroll's own reports (ReqnrollReport.feature is about them), and a tenth is
        // methods compiled once more: now after a second without new code.
        start.Environment["REQNROLL_FORMATTERS_DISABLED"] = "true";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "1000";
        run.RequireToGoOn();
        return Process.Start(start)!;
    }
}

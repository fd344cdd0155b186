using System.Diagnostics;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Reports;

namespace Specs.Support.Hooks;

/// <summary>Gives every scenario a fresh database, and records how it ended.</summary>
[Binding]
public sealed class ScenarioHooks(World world, ScenarioContext scenario, FeatureContext feature, IReqnrollOutputHelper output)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Makes the database, unless the scenario is about the suite itself.</summary>
    [BeforeScenario(Order = 0)]
    public async Task BeginAsync()
    {
        world.Scenario = IdOf(feature.FeatureInfo, scenario.ScenarioInfo);
        world.Command = RunHooks.Current.Options.CommandOf(scenario.ScenarioInfo.CombinedTags);
        world.IsAboutSuite = scenario.ScenarioInfo.CombinedTags.Contains("suite");
        Xunit.Skip.If(RunHooks.Current.IsStopped, "the soak has stopped at its first failure");
        var refusal = RunHooks.Current.Engine.WhyNotHeldTo(scenario.ScenarioInfo.CombinedTags);
        Xunit.Skip.If(refusal is not null, refusal);
        if (!scenario.ScenarioInfo.CombinedTags.Contains("nodatabase"))
        {
            await world.BeginAsync();
        }
    }

    /// <summary>Drops the database and keeps the evidence of a failure.</summary>
    [AfterScenario]
    public async Task EndAsync()
    {
        if (RunHooks.Current.IsStopped)
        {
            return;     // nothing was begun, so there is nothing to tell
        }

        var error = scenario.TestError ?? BrokenLimits();
        var outcome = error is Xunit.SkipException ? "skipped"
            : error is null && scenario.ScenarioExecutionStatus == ScenarioExecutionStatus.OK ? "passed" : "failed";
        var problem = error?.Message ?? (outcome == "failed" ? scenario.ScenarioExecutionStatus.ToString() : null);
        if (outcome == "failed")
        {
            problem += KeepEvidence(problem!);
        }

        var log = outcome == "failed" ? world.EndOfLog() : null;
        var pictures = RunHooks.Current.Report.Soak is null || RunHooks.Current.Repetition == 1 || outcome == "failed" ? world.Draw($"at-{Stopwatch.GetTimestamp()}") : [];
        foreach (var picture in pictures)
        {
            output.AddAttachment(RunHooks.Current.Report.KeepPicture(picture));
        }

        await world.DisposeAsync();
        RunHooks.Current.Report.Add(
            new ScenarioResult(new ScenarioLine(world.Scenario, outcome, _clock.Elapsed.TotalSeconds, problem)
            {
                Steps = world.Steps,
                Broken = (error as BrokenContractException)?.Results ?? [],
                Log = log,
                Command = world.Command,
                Seed = RunHooks.Current.Seed,
                Repetition = RunHooks.Current.Repetition,
            }, world.Metrics)
            {
                Pictures = pictures,
            },
            world.Loads);
        if (outcome == "skipped" && RunHooks.Current.Options.Strict)
        {
            throw new UserError($"SPECS_STRICT=1 allows no skipped scenario, and '{world.Scenario}' was skipped.");
        }

        if (error is not null && scenario.TestError is null)
        {
            throw error;
        }
    }

    // Without a place for its evidence a failure is told all the same.
    private string KeepEvidence(string problem)
    {
        try
        {
            return world.KeepEvidence(problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"\nIts evidence could not be kept: {e.Message}";
        }
    }

    // What limits.json says of the figures, once the scenario's own steps are content.
    private BrokenContractException? BrokenLimits()
    {
        var broken = Limits.Check(RunHooks.Current.FigureLimits, world.Metrics).Where(r => r.Verdict == Verdict.Fail).ToList();
        return broken.Count == 0 ? null : new(broken, RunHooks.Current.Seed);
    }

    private static ScenarioId IdOf(FeatureInfo feature, ScenarioInfo info) => new(feature.Title, info.Title,
        info.Arguments?.Cast<System.Collections.DictionaryEntry>().ToDictionary(v => (string)v.Key, v => $"{v.Value}"));
}

using System.Diagnostics;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.Support.Hooks;

/// <summary>Gives every scenario a fresh database, and records how it ended.</summary>
[Binding]
public sealed class ScenarioHooks(
    Run run,
    World world,
    ScenarioDatabase database,
    Requirements requires,
    KnownFindings known,
    Measurements measurements,
    ScenarioEvidence evidence,
    CleanUp cleanUp,
    ScenarioContext scenario,
    FeatureContext feature,
    IReqnrollOutputHelper output
)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Makes the database, unless the scenario is about the suite itself.</summary>
    [BeforeScenario(Order = 0)]
    public async Task BeginAsync()
    {
        world.Scenario = IdOf(feature.FeatureInfo, scenario.ScenarioInfo);
        world.Command = run.Options.CommandOf(scenario.ScenarioInfo.CombinedTags);
        world.IsAboutSuite = scenario.ScenarioInfo.CombinedTags.Contains("suite");
        requires.That(!run.IsStopped, "the soak has stopped at its first failure");
        if (!scenario.ScenarioInfo.CombinedTags.Contains("nodatabase"))
        {
            await database.CreateAsync();
        }
    }

    /// <summary>Drops the database and keeps the evidence of a failure.</summary>
    [AfterScenario]
    public async Task EndAsync()
    {
        if (run.IsStopped)
        {
            return;     // nothing was begun, so there is nothing to tell
        }

        var error = scenario.TestError ?? BrokenLimits() ?? known.Missing();
        var found = BrokenContractException.ResultsOf(error);
        var crash = error is null or Xunit.SkipException || found.Any(r => r.Contract == Contract.ServerSurvives)
            ? null
            : await database.CrashAsync();
        var outcome = KnownFindings.Is(error) ? KnownFindings.Outcome
            : error is Xunit.SkipException ? "skipped"
            : error is null && scenario.ScenarioExecutionStatus == ScenarioExecutionStatus.OK ? "passed" : "failed";
        var problem = error?.Message ?? (outcome == "failed" ? scenario.ScenarioExecutionStatus.ToString() : null);
        if (outcome == "failed")
        {
            problem = $"{problem}{(crash is null ? "" : $"\n{crash}")}";
            problem += KeepEvidence(problem);
        }

        var log = outcome == "failed" ? evidence.EndOfLog() : null;
        var pictures =
            run.Report.Soak is null || run.Repetition == 1 || outcome == "failed"
                ? evidence.Draw($"at-{Stopwatch.GetTimestamp()}")
                : [];
        foreach (var picture in pictures)
        {
            output.AddAttachment(run.Report.KeepPicture(picture));
        }

        IReadOnlyList<CheckResult> broken = [.. found, .. crash is null ? [] : new[] { crash }];
        measurements.Judge(broken);     // a stall and a crash break a contract, and no check has said so
        await cleanUp.DisposeAsync();
        run.Report.Add(
            new ScenarioResult(new ScenarioLine(world.Scenario, outcome, _clock.Elapsed.TotalSeconds, problem)
            {
                Steps = evidence.Steps,
                Judged = world.IsAboutSuite ? [] : measurements.Judged,
                Broken = broken,
                Log = log,
                Command = world.Command,
                Seed = run.Seed,
                Repetition = run.Repetition,
            }, measurements.Metrics)
            {
                Pictures = pictures,
                Notes = measurements.Notes,
            },
            measurements.Loads);
        if (outcome == "skipped" && run.Options.Strict)
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
            return evidence.Keep(problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"\nIts evidence could not be kept: {e.Message}";
        }
    }

    // What limits.json says of the figures, once the scenario's own steps are content.
    private BrokenContractException? BrokenLimits()
    {
        var broken = Limits
            .Check(run.FigureLimits, measurements.Metrics)
            .Where(r => r.Verdict == Verdict.Fail)
            .ToList();
        return broken.Count == 0 ? null : new(broken, run.Seed);
    }

    private static ScenarioId IdOf(FeatureInfo feature, ScenarioInfo info) => new(feature.Title, info.Title,
        info.Arguments?.Cast<System.Collections.DictionaryEntry>().ToDictionary(v => (string)v.Key, v => $"{v.Value}"));
}

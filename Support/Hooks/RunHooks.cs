using Reqnroll.BoDi;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Running;

namespace Specs.Support.Hooks;

/// <summary>Begins and ends the run.</summary>
[Binding]
public static class RunHooks
{
    /// <summary>
    /// Starts the server, installs the engine, and lets everything that is made for a scenario ask for the run.
    /// </summary>
    /// <param name="container">The container of the test run, from which those of features and scenarios
    /// inherit.</param>
    [BeforeTestRun]
    public static async Task StartAsync(IObjectContainer container)
    {
        try
        {
            var run = await Run.StartAsync();
            Repetitions.Begun = run.Options;
            container.RegisterInstanceAs(run);
        }
        catch (UserError e) when (Environment.GetEnvironmentVariable("SPECS_PROGRESS") is { } progress)
        {
            // ./specs shows this one sentence and exits with 2: the run could not begin.
            await File.WriteAllTextAsync(progress + ".refused", e.Message);
            throw;
        }
    }

    /// <summary>Writes the report and gives everything back.</summary>
    [AfterTestRun]
    public static async Task EndAsync(IObjectContainer container)
    {
        if (!container.IsRegistered<Run>())
        {
            return;     // it could not begin
        }

        var run = container.Resolve<Run>();
        run.SayAnomalies();
        run.SayOwn();
        var soak = run.Report.Finish(run.FigureLimits);
        await run.DisposeAsync();
        if (soak?.Verdict == Verdict.Fail)
        {
            throw new ShouldAssertException(soak.ToString());
        }
    }

    /// <summary>Counts the repetitions of a soak.</summary>
    [BeforeFeature]
    public static void BeginFeature(FeatureContext feature, Run run) => run.BeginFeature(feature.FeatureInfo.Title);
}

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
    /// Starts the server and installs the engine.
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
            container.RegisterInstanceAs(new RunServers(run));
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
        if (!container.IsRegistered<RunServers>())
        {
            return;     // it could not begin
        }

        var servers = container.Resolve<RunServers>();
        var run = servers.First;
        run.SayAnomalies();
        run.SayOwn();
        var soak = run.Report.Finish(run.FigureLimits);
        await servers.DisposeAsync();
        if (soak?.Verdict == Verdict.Fail)
        {
            throw new ShouldAssertException(soak.ToString());
        }
    }

    /// <summary>
    /// Gives the feature a server, lets everything that is made for its scenarios ask for the run on it, and counts the
    /// repetitions of a soak.
    /// </summary>
    [BeforeFeature]
    public static async Task BeginFeatureAsync(FeatureContext feature, RunServers servers)
    {
        var run = await servers.TakeAsync();
        feature.FeatureContainer.RegisterInstanceAs(run);
        run.BeginFeature(feature.FeatureInfo.Title);
    }

    /// <summary>Gives the server back.</summary>
    [AfterFeature]
    public static void EndFeature(FeatureContext feature, RunServers servers)
    {
        if (feature.FeatureContainer.IsRegistered<Run>())
        {
            servers.GiveBack(feature.FeatureContainer.Resolve<Run>());
        }
    }
}

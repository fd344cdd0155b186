using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Running;

namespace Specs.Support.Hooks;

/// <summary>Begins and ends the run.</summary>
[Binding]
public static class RunHooks
{
    /// <summary>The one run of this process.</summary>
    public static Run Current { get; private set; } = null!;

    /// <summary>Starts the server and installs the engine.</summary>
    [BeforeTestRun]
    public static async Task StartAsync()
    {
        try
        {
            Current = await Run.StartAsync();
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
    public static async Task EndAsync()
    {
        if (Current is not null)
        {
            Current.SayAnomalies();
            var soak = Current.Report.Finish(Current.FigureLimits);
            await Current.DisposeAsync();
            if (soak?.Verdict == Verdict.Fail)
            {
                throw new ShouldAssertException(soak.ToString());
            }
        }
    }

    /// <summary>Counts the repetitions of a soak.</summary>
    [BeforeFeature]
    public static void BeginFeature(FeatureContext feature) => Current?.BeginFeature(feature.FeatureInfo.Title);
}

using System.Globalization;
using System.Runtime.ExceptionServices;
using Io.Cucumber.Messages.Types;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Specs.Support.Build;

/// <summary>Plays scenarios on Reqnroll's runtime, by the calls that a class of Reqnroll.xUnit makes.</summary>
/// <param name="feature">The feature.</param>
/// <param name="output">What a test prints.</param>
public abstract class FeatureTests(PlayedFeature feature, ITestOutputHelper output)
{
    /// <summary>Plays a scenario.</summary>
    /// <param name="pickleIndex">Its place among the feature's pickles, from 0.</param>
    protected async Task PlayAsync(string pickleIndex)
    {
        // Named, because the calling assembly, which Reqnroll would take, is another one once this method is inlined.
        var runner = TestRunnerManager.GetTestRunnerForAssembly(GetType().Assembly, featureHint: feature.Info);
        var errors = new ExceptionAggregator();
        await errors.RunAsync(() => PlayAsync(runner, int.Parse(pickleIndex, CultureInfo.InvariantCulture)));
        await errors.RunAsync(runner.OnScenarioEndAsync);
        TestRunnerManager.ReleaseTestRunner(runner);
        if (errors.ToException() is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private async Task PlayAsync(ITestRunner runner, int pickle)
    {
        if (runner.FeatureContext is { } other && !other.FeatureInfo.Equals(feature.Info))
        {
            await runner.OnFeatureEndAsync();   // of a feature beside this one, which goes on with another runner
        }

        if (runner.FeatureContext is { BeforeFeatureHookFailed: true })
        {
            throw new ReqnrollException("Scenario skipped because of previous before feature hook error");
        }
        await (runner.FeatureContext is null ? runner.OnFeatureStartAsync(feature.Info) : Task.CompletedTask);
        var (scenario, rule) = feature.InfoOf(pickle);
        runner.OnScenarioInitialize(scenario, rule);
        runner.ScenarioContext.ScenarioContainer.RegisterInstanceAs(output);
        await runner.OnScenarioStartAsync();
        foreach (var (step, filled) in feature.StepsOf(pickle))
        {
            var (text, doc) = (filled.Text, filled.Argument?.DocString?.Content);
            var rows = filled.Argument?.DataTable?.Rows.Select(r => r.Cells.Select(c => c.Value).ToArray()).ToList();
            var table = rows is null ? null : new Table(rows[0]);
            rows?.Skip(1).ToList().ForEach(row => table!.AddRow(row));
            await ((step.KeywordType, step.Keyword) switch
            {
                (StepKeywordType.CONTEXT, _) => runner.GivenAsync(text, doc, table, step.Keyword),
                (StepKeywordType.ACTION, _) => runner.WhenAsync(text, doc, table, step.Keyword),
                (StepKeywordType.OUTCOME, _) => runner.ThenAsync(text, doc, table, step.Keyword),
                (_, "But ") => runner.ButAsync(text, doc, table, step.Keyword),
                _ => runner.AndAsync(text, doc, table, step.Keyword),
            });
        }

        await runner.CollectScenarioErrorsAsync();
    }
}

using System.Diagnostics;
using Specs.Support.Drivers;
using Specs.Support.Reports;

namespace Specs.Support.Hooks;

/// <summary>Notes how every step ended, for the page on which people read the scenario.</summary>
[Binding]
public sealed class StepHooks(ScenarioEvidence evidence, ScenarioContext scenario)
{
    private long _began;

    /// <summary>The first hook of a step.</summary>
    [BeforeStep(Order = int.MinValue)]
    public void Begin() => _began = Stopwatch.GetTimestamp();

    /// <summary>The last one.</summary>
    [AfterStep(Order = int.MaxValue)]
    public void End() =>
        evidence.Steps.Add(
            new StepResult(
                KnownFindings.Is(scenario.TestError) ? KnownFindings.Outcome
                    : scenario.TestError is Xunit.SkipException ? "skipped"
                    : scenario.StepContext.Status == ScenarioExecutionStatus.OK ? "passed"
                    : "failed",
                Stopwatch.GetElapsedTime(_began).TotalSeconds
            )
        );
}

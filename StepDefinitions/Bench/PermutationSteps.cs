using System.Globalization;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Bench;

/// <summary>How many permutations a second are taken and judged.</summary>
[Binding]
public sealed class PermutationSteps(Judge judge, RaceStage stage, Support.Drivers.BenchDriver bench)
{
    [When(@"^(\d+) permutations are taken, in (\d+) turns by the explorer and by the isolation tester$")]
    public Task WhenTaken(int most, int turns) => bench.RaceAsync(stage, most, turns);

    /// <summary>A ratio within the run.</summary>
    [Then(@"^the explorer takes at least ([\d.]+) times as many a second, and judges them$")]
    public void ThenFast(string least) =>
        judge.Require(bench.CheckPermutations(double.Parse(least, CultureInfo.InvariantCulture)));
}

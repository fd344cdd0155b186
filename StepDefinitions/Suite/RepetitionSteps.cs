using Shouldly;
using Specs.Support.Metrics;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>What repetitions prove, and how shards share them.</summary>
[Binding]
public sealed class RepetitionSteps
{
    /// <summary>The conclusion in words.</summary>
    [Then(@"^(\d+) failures in (\d+) repetitions mean ""(.*)""$")]
    public void ThenProves(int failed, int runs, string sentence) =>
        Confidence.Sentence(runs, failed).ShouldBe(sentence);

    /// <summary>By their numbers.</summary>
    [Then(@"^of (\d+) repetitions shard (\d+/\d+) has ([\d, and]+)$")]
    public void ThenShard(string repetitions, string shard, string numbers) =>
        Repetitions
            .Of(OptionSteps.Read(new() { ["REPEAT"] = repetitions, ["SHARD"] = shard }))
            .Select(r => (double)r)
            .ShouldBe(HandmadeFigures.Numbers(numbers));
}

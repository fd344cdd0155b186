using Shouldly;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The evidence of a failure, kept by a report of its own.</summary>
[Binding]
public sealed class EvidenceSteps(Run run)
{
    private readonly RunReport _report = new(run.NewFolder("evidence"), "run", null);
    private Dictionary<string, string> _kept = [];

    /// <summary>Each with a text of its own.</summary>
    [When(@"^the evidence of two scenarios is kept, whose titles of (\d+) characters differ in the last one$")]
    public void WhenKept(int length) => _kept = new[] { "a", "b" }.ToDictionary(last => last,
        last => _report.Keep(new("A feature", new string('x', length - 1) + last), "problem.txt", last));

    /// <summary>Each its own identity.</summary>
    [When(@"^each scenario of the suite keeps evidence$")]
    public void WhenAllKept() => _kept = FeatureText.All().SelectMany(f => f.Scenarios).Select(s => s.Id)
        .ToDictionary(id => id.ToString(), id => _report.Keep(id, "problem.txt", id.ToString()));

    /// <summary>Neither has overwritten the other.</summary>
    [Then(@"^each of them finds its own again$")]
    public void ThenFound() => _kept.ShouldAllBe(kept => File.ReadAllText(kept.Value) == kept.Key);
}

using Shouldly;
using Specs.Support.Reports;
using Specs.Support.Running;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Specs.StepDefinitions.Suite;

/// <summary>The order in which xunit would run the tests of this assembly.</summary>
[Binding]
public sealed class FeatureOrderSteps
{
    private static readonly IReflectionAssemblyInfo Assembly = Reflector.Wrap(typeof(FeatureOrderSteps).Assembly);

    private readonly NullMessageSink _sink = new();
    // Titles; null for those that share a collection, which xunit runs when all others have ended.
    private IReadOnlyList<string?> _order = [];

    private static bool IsAlone(FeatureText feature) => feature.Scenarios.Any(s => s.Tags.Contains("@alone"));

    /// <summary>Each has a collection of its own, but for those.</summary>
    [When(@"^the test runner puts the features in order$")]
    public void WhenFeatures()
    {
        var collections = new CollectionPerClassTestCollectionFactory(new TestAssembly(Assembly), _sink);
        _order = [.. FeatureOrder.Order(Assembly.GetTypes(false)
            .Where(t => FeatureOrder.FeatureOf("Test collection for " + t.Name) is not null)
            .OrderByDescending(t => t.Name).Select(collections.Get))
            .Select(c => FeatureOrder.FeatureOf(c.DisplayName))];
    }

    /// <summary>By their titles.</summary>
    [Then(@"^it begins with these$")]
    public void ThenFirst(DataTable table) =>
        _order.Take(table.RowCount).ShouldBe(table.Rows.Select(r => r["feature"]));

    /// <summary>Which is that of the feature files.</summary>
    [Then(@"^it goes on in the order of the reports$")]
    public void ThenRest() => _order.OfType<string>()
        .ShouldBe(FeatureText.All().Where(f => !IsAlone(f)).Select(f => f.Title));

    /// <summary>As many.</summary>
    [Then(@"^it ends with those that run beside no other$")]
    public void ThenAlone() =>
        _order.SkipWhile(f => f is not null).ShouldBe(FeatureText.All().Where(IsAlone).Select(_ => (string?)null));
}

using System.Globalization;
using Specs.Support.Reports;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: Xunit.TestCaseOrderer("Specs.Support.Running.FeatureOrder", "Specs")]

namespace Specs.Support.Running;

/// <summary>
/// Runs features and scenarios in the order in which people read them; xunit's own is that of hash codes. Both writers
/// of test classes put the titles into traits and the place of a row into an argument.
/// </summary>
public sealed class FeatureOrder : ITestCaseOrderer
{
    private const string Feature = "FeatureTitle";
    private const string Collection = "Test collection for ";

    /// <summary>The features in their order: each has a test class, and each test class a collection.</summary>
    internal static IEnumerable<ITestCollection> Order(IEnumerable<ITestCollection> collections) =>
        collections.OrderBy(c => FeatureOf(c.DisplayName) is { } title ? ReadingOrder.PlaceOf(title) : int.MaxValue);

    /// <summary>
    /// The scenarios of a feature in the order of its file, the rows of an outline in that of its examples.
    /// </summary>
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase =>
        testCases.OrderBy(c => ReadingOrder.PlaceOf(TraitOf(c, Feature), TraitOf(c, "Description"))).ThenBy(RowOf);

    internal static string? FeatureOf(string collection) =>
        !collection.StartsWith(Collection, StringComparison.Ordinal)
            ? null
            : typeof(FeatureOrder)
                .Assembly.GetType(collection[Collection.Length..])
                ?.GetMethods()
                .SelectMany(m => m.GetCustomAttributesData())
                .Where(a =>
                    a.AttributeType == typeof(Xunit.TraitAttribute)
                    && (string?)a.ConstructorArguments[0].Value == Feature
                )
                .Select(a => (string?)a.ConstructorArguments[1].Value)
                .FirstOrDefault();

    private static string TraitOf(ITestCase test, string name) =>
        test.Traits.TryGetValue(name, out var values) ? values.FirstOrDefault("") : "";

    private static int RowOf<TTestCase>(TTestCase test)
        where TTestCase : ITestCase
    {
        var index = test.TestMethod.Method.GetParameters().ToList().FindIndex(p => p.Name == "__pickleIndex");
        return index < 0 || test.TestMethodArguments?.ElementAtOrDefault(index) is not string row ? 0
            : int.Parse(row, CultureInfo.InvariantCulture);
    }
}

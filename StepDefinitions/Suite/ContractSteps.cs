using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.StepDefinitions.Suite;

/// <summary>The names of the contracts, where people read them.</summary>
[Binding]
public sealed class ContractSteps
{
    /// <summary>Word for word, in the same order.</summary>
    [Then(@"^the glossary lists exactly the contracts, each with its claim$")]
    public void ThenGlossary() =>
        Regex
            .Matches(Resources.Text("Glossary"), @"^- (.*(?:\n  .*)*)", RegexOptions.Multiline)
            .Select(item => Regex.Replace(item.Groups[1].Value, @"\s+", " "))
            .ShouldBe(Contract.All.Select(c => $"*{c}*: {c.Claim}"));

    /// <summary>And no other is.</summary>
    [Then(@"^each of these contracts is broken by a seeded fault$")]
    public void ThenSeeded(DataTable table) =>
        SeededFault
            .Names.Select(name => SeededFault.Named(name).Contract.Name)
            .Distinct()
            .ShouldBe(table.Rows.Select(row => row["contract"]), ignoreOrder: true);
}

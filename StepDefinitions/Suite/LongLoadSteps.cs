using Specs.Support.Contracts;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>The check of what a long load leaves in use, on figures that were written by hand.</summary>
[Binding]
public sealed class LongLoadSteps
{
    private const int Tenths = 10;

    private List<ResourceLook> _looks = [];

    /// <summary>Every figure, after every tenth.</summary>
    [Given(@"^a long load of which each figure was (\d+) after each tenth$")]
    public void GivenLoad(long value) => _looks = [.. ResourceUse.Figures.Keys.SelectMany(figure =>
        Enumerable.Range(1, Tenths).Select(tenth => new ResourceLook(tenth, "by hand", figure, value)))];

    /// <summary>One of them.</summary>
    [Given(@"^after the last (two tenths|tenth) ""(.*)"" was (\d+)$")]
    public void GivenLast(string which, string figure, long value) => _looks = [.. _looks.Select(l =>
        l.Figure == figure && l.Tenth > Tenths - (which == "tenth" ? 1 : 2) ? l with { Value = value } : l)];

    /// <summary>No look at it.</summary>
    [Given(@"^after the last tenth nobody has seen ""(.*)""$")]
    public void GivenUnseen(string figure) => _looks.RemoveAll(l => l.Tenth == Tenths && l.Figure == figure);

    /// <summary>The verdict and all findings.</summary>
    [Then(@"^it is judged (pass|fail|unknown)$")]
    public void ThenJudged(string verdict, DataTable table) =>
        new[] { new Boundedness().Check(_looks) }.ShouldBeJudged(verdict, table);
}

using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Drivers;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions.Suite;

/// <summary>Which permutations cannot differ, and that a wrong idea of them is found.</summary>
[Binding]
public sealed class ReductionSteps(RaceStage stage)
{
    private Choice _choice = null!;

    /// <summary>A line for each session, its steps divided by semicolons.</summary>
    [Given(@"^sessions with these steps$")]
    public void GivenLines(DataTable table)
    {
        var lines = table.Rows.Select(r => r.Values.ToList()).Where(r => r[1].Length > 0)
            .Select(r => (Session: r[0], Steps: r[1].Split("; "))).ToList();
        stage.Give(Race.Of([.. lines.Select(l => l.Session)], [.. Enumerable.Range(0, lines.Max(l => l.Steps.Length))
            .Select(row => (IReadOnlyList<string>)[.. lines.Select(l => l.Steps.ElementAtOrDefault(row) ?? "")])]));
    }

    /// <summary>Which is not so.</summary>
    [Given(@"^it is taken for granted that a commit can be exchanged with any step$")]
    public void GivenWrong() => stage.Independence = new(step => step.Words == "commits");

    /// <summary>Another engine than the run's.</summary>
    [Given(@"^the engine is ""(.*)""$")]
    public void GivenEngine(string name) =>
        stage.Independence = Independence.Of(EngineFolder.Of(name).Profile, pooled: false);

    /// <summary>Before any is taken.</summary>
    [Then(@"^of (\d+) permutations (\d+) can differ$")]
    public void ThenClasses(int all, int classes)
    {
        Choose(Permutations.MostThatAreMade, 0);
        (_choice.Of, _choice.Classes).ShouldBe((all, classes));
    }

    /// <summary>All of those that stand for others.</summary>
    [Then(@"^they are ([A-Z, and]+)$")]
    public void ThenRepresentatives(string list) =>
        _choice.Orders.Except(_choice.Equivalents.Keys).ShouldBe(list.Split([", ", " and "], StringSplitOptions.None));

    /// <summary>A sample with a share of those that cannot differ.</summary>
    [Then(@"^with seed (\d+) and a limit of (\d+), (\d+) are taken, (\d+) of them although they cannot differ$")]
    public void ThenShare(int seed, int limit, int taken, int share)
    {
        Choose(limit, seed);
        (_choice.Orders.Count, _choice.Equivalents.Count).ShouldBe((taken, share));
        _choice.Equivalents.ShouldAllBe(e => e.Key != e.Value && _choice.Orders.Contains(e.Key));
        _choice.Equivalents.Values.ShouldBeSubsetOf(_choice.Orders);
    }

    private void Choose(int limit, int seed) =>
        _choice = Permutations.Choose(stage.Race, limit, seed, stage.Independence);
}

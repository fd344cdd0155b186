using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Drivers;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions.Suite;

/// <summary>The explorer's own logic, on races and plays that were written by hand.</summary>
[Binding]
public sealed class ExplorerSteps(RaceStage stage)
{
    private UserError? _refusal;
    private IReadOnlyList<string> _permutations = [];
    private IReadOnlyList<Step> _left = [];

    /// <summary>Sessions of steps that do not matter.</summary>
    [Given(@"^sessions with ([\d, and]+) steps$")]
    public void GivenCounts(string list)
    {
        var counts = list.Split([", ", " and "], StringSplitOptions.None)
            .Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        stage.Give(
            Race.Of(
                [.. counts.Select((_, i) => ((char)('A' + i)).ToString())],
                [
                    .. Enumerable
                        .Range(0, counts.Max())
                        .Select(row =>
                            (IReadOnlyList<string>)[.. counts.Select(c => row < c ? "counts the users" : "")]
                        ),
                ]
            )
        );
    }

    /// <summary>By its id.</summary>
    [When(@"^the permutation ([A-Z]+) is asked for$")]
    public void WhenAsked(string id) => _refusal = Should.Throw<UserError>(() => Permutations.Parse(id, stage.Race));

    /// <summary>By its words.</summary>
    [When(@"^a session's step is ""(.*)""$")]
    public void WhenStep(string words) => _refusal = Should.Throw<UserError>(() => StepWords.Named(words, "A", 1));

    /// <summary>With a predicate instead of an engine.</summary>
    [When(@"^the permutation ([A-Z]+) is reduced, which fails wherever ""(.*)"" comes before the commit of ""(.*)""$")]
    public async Task WhenReduced(string permutation, string first, string second) =>
        _left = await Shrinker.ReduceAsync(
            stage.Race.In(permutation),
            steps =>
                Task.FromResult(
                    steps.ToList().FindIndex(s => s.Words == first) is >= 0 and var at
                        && steps.FirstOrDefault(s => s.Words == second) is { } then
                        && steps.Skip(at).Any(s => s.Session == then.Session && s.Words == "commits")
                )
        );

    /// <summary>The one sentence.</summary>
    [Then(@"^the explorer refuses it with ""(.*)""$")]
    public void ThenRefused(string sentence) => _refusal.ShouldNotBeNull().Message.ShouldContain(sentence);

    /// <summary>All of them.</summary>
    [Then(@"^their steps have (\d+) permutations, all of them different$")]
    public void ThenOrders(int count)
    {
        var (all, of) = Permutations.Choose(stage.Race, int.MaxValue, 0);
        of.ShouldBe(count);
        all.Distinct().Count().ShouldBe(count);
        all.ShouldAllBe(o => stage.Race.In(o).Count == stage.Race.Steps.Count());
    }

    /// <summary>Some of them.</summary>
    [Then(@"^with seed (\d+) a sample has (\d+) (of \d+ permutations|permutations that nobody has counted), "
        + @"all of them different$")]
    public void ThenSample(int seed, int count, string of)
    {
        (_permutations, var all) = Permutations.Choose(stage.Race, count, seed);
        of.ShouldBe(all is null ? "permutations that nobody has counted" : $"of {all} permutations");
        _permutations.Distinct().Count().ShouldBe(count);
    }

    /// <summary>A draw is no accident.</summary>
    [Then(@"^seed (\d+) brings (the same sample again|another one)$")]
    public void ThenAgain(int seed, string which) =>
        Permutations
            .Choose(stage.Race, _permutations.Count, seed)
            .Orders.SequenceEqual(_permutations)
            .ShouldBe(which == "the same sample again");

    /// <summary>What the reduction could not leave out.</summary>
    [Then(@"^these steps are left: (.*)$")]
    public void ThenLeft(string steps) =>
        string.Join(", ", _left.Select(s => $"{s.Session} {s.Words}")).ShouldBe(steps);
}

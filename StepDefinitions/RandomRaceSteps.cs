using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>Races that the run's seed draws.</summary>
[Binding]
public sealed class RandomRaceSteps(RaceSearch search, Judge judge)
{
    /// <summary>Everything happens here; the other steps look at what was found.</summary>
    [When(@"^(\d+) random races over each of (\d+) random schemas are taken, each in (\d+) permutations$")]
    public Task WhenSearched(int races, int schemas, int permutations) =>
        search.RunAsync(schemas, races, permutations);

    [Then(@"^the TVIEW contract held in each of them$")]
    public void ThenContract() => search.Require();

    /// <summary>The proof that the draws were worth something.</summary>
    [Then(@"^at least (\d+) permutations were taken$")]
    public void ThenTaken(int least) =>
        judge.Require($"at least {least} permutations were taken", search.Endings.Count >= least, search.Endings.Count);
}

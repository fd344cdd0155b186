using Shouldly;
using Specs.Support.Reports;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions.Bench;

/// <summary>The races with all their permutations, and without those that cannot differ.</summary>
[Binding]
public sealed class EveryRaceSteps(Run run, ChildRun child)
{
    private const string Races = "FullyQualifiedName~Specs.Features.Races.";

    private (IReadOnlyList<ScenarioLine> Lines, IReadOnlyList<RaceLine> Races) _all, _reduced;

    /// <summary>Each in a process and on a server of its own.</summary>
    [When(@"^the features of Features/Races run with all permutations, and once more without those that cannot"
        + " differ$")]
    public async Task WhenTwice()
    {
        (_all, _reduced) = (await RunAsync("1"), await RunAsync("0"));
        run.Report.Say($"  with all of them\n\n{AnomalyMatrix.CountsOf(_all.Races)}\n"
            + $"  without those that cannot differ\n\n{AnomalyMatrix.CountsOf(_reduced.Races)}");
    }

    /// <summary>Of the first time every equivalent permutation was compared as well.</summary>
    [Then(@"^all scenarios ended alike, and none failed$")]
    public void ThenAlike()
    {
        _all.Lines.ShouldNotBeEmpty();
        _all.Lines.ShouldAllBe(l => l.Outcome != "failed");
        _reduced.Lines.Select(l => (l.Scenario, l.Outcome)).ShouldBe(_all.Lines.Select(l => (l.Scenario, l.Outcome)));
    }

    /// <summary>All that happened in some permutation.</summary>
    [Then(@"^each race had the same outcomes both times$")]
    public void ThenSame() => Outcomes(_reduced.Races).ShouldBe(Outcomes(_all.Races));

    /// <summary>Through a pooler none is left out.</summary>
    [Then(@"^the second time at most two thirds of the permutations of direct sessions were taken$")]
    public void ThenFewer() => (3 * Direct(_reduced.Races).Sum(r => r.Taken)).ShouldBeLessThanOrEqualTo(
        2 * Direct(_all.Races).Sum(r => r.Taken));

    private async Task<(IReadOnlyList<ScenarioLine>, IReadOnlyList<RaceLine>)> RunAsync(string all)
    {
        var folder = Path.Combine(run.Report.Folder, "races", all == "1" ? "all" : "reduced");
        var result = await child.StartAsync(folder, Races, new() { ["SPECS_ALL_PERMUTATIONS"] = all });
        return (result.Lines, AnomalyMatrix.Read(Path.Combine(folder, "latest")));
    }

    private static IEnumerable<RaceLine> Direct(IEnumerable<RaceLine> races) => races.Where(r => r.Route == "direct");

    private static IEnumerable<string> Outcomes(IEnumerable<RaceLine> races) => races
        .Select(r => $"{r.Scenario}: {string.Join("; ", r.Outcomes)}").Order(StringComparer.Ordinal);
}

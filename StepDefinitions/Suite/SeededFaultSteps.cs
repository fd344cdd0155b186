using Shouldly;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The features, run against engines that are broken on purpose.</summary>
[Binding]
public sealed class SeededFaultSteps(Judge judge, Requirements requires, MutationRun proof)
{
    private readonly SeededFault _fault = SeededFault.Named("no-deduplication");
    private Kill? _kill;
    private ScenarioLine? _line;

    /// <summary>By hand.</summary>
    [Given(@"^a fault whose scenario caught it in (\d+) of (\d+) runs$")]
    public void GivenKill(int caught, int times) => _kill = new(_fault, times, caught, [], null);

    /// <summary>By hand.</summary>
    [Given(@"^a fault that breaks once, and a scenario that failed with (.*)$")]
    public void GivenFailure(string finding) =>
        _line = new ScenarioLine(new(_fault.Feature, _fault.Scenario), "failed", 1, finding)
        {
            Broken = finding.Split(": ") is not [var contract, var verdict]
                ? []
                :
                [
                    new(
                        Contract.Named(contract),
                        "by hand",
                        Enum.Parse<Verdict>(verdict, ignoreCase: true),
                        ["by hand"]
                    ),
                ],
        };

    /// <summary>The conclusion.</summary>
    [Then(@"^the proof is judged (pass|fail|unknown)$")]
    public void ThenJudged(string verdict) =>
        MutationRun.Judge([_kill!]).Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true));

    /// <summary>The conclusion about one run.</summary>
    [Then(@"^the fault is (caught|not caught)$")]
    public void ThenTold(string how) => MutationRun.IsCaughtBy(_fault, _line!).ShouldBe(how == "caught");

    /// <summary>Quick.</summary>
    [When(@"^for each contract a seeded fault, drawn by the seed of the run, meets the scenario that it names$")]
    public Task WhenDrawn() => RunAsync(proof.OneForEachContract(), all: false);

    /// <summary>One scenario for each fault.</summary>
    [When(@"^each seeded fault meets the scenario that it names$")]
    public Task WhenNamed() => RunAsync(proof.Faults, all: false);

    /// <summary>The whole matrix.</summary>
    [When(@"^all features run against the sound engine and against each seeded fault$")]
    public Task WhenAll() => RunAsync(proof.Faults, all: true);

    /// <summary>By that scenario, for that reason.</summary>
    [Then(@"^each fault is caught by the scenario that it names, with a finding about the contract that it names$")]
    public void ThenCaught() => judge.Require(proof.Check());

    /// <summary>A suite that always fails catches everything.</summary>
    [Then(@"^nothing fails on the sound engine$")]
    public void ThenSound() => judge.Require(proof.CheckSound());

    private Task RunAsync(IReadOnlyList<SeededFault> faults, bool all)
    {
        requires.ThrowAwayServer();
        return proof.RunAsync(faults, all);
    }
}

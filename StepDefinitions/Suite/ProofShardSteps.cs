using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Engines;
using Specs.Support.Reports;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>A proof that several machines share.</summary>
[Binding]
public sealed class ProofShardSteps(Run run)
{
    private readonly string _folder = run.NewFolder("proof");
    private List<Kill> _kills = [];

    /// <summary>None left out, none twice.</summary>
    [Then(@"^the shards ([\d/, and]+) together have each seeded fault once$")]
    public void ThenAll(string shards) => NamesOf(shards).SelectMany(names => names).Order(StringComparer.Ordinal)
        .ShouldBe(SeededFault.Names.Order(StringComparer.Ordinal));

    /// <summary>So that the machines are done at the same time.</summary>
    [Then(@"^none of the shards ([\d/, and]+) has more than one fault less than another$")]
    public void ThenEven(string shards) =>
        (
            NamesOf(shards).Max(names => names.Count) - NamesOf(shards).Min(names => names.Count)
        ).ShouldBeLessThanOrEqualTo(1);

    /// <summary>As if one scenario had caught each, and another had not.</summary>
    [Given(@"^two runs with a kill matrix each, one of (\S+) and one of (\S+)$")]
    public void GivenMatrices(string first, string second)
    {
        _kills =
        [
            .. new[] { first, second }
                .Select(SeededFault.Named)
                .Select(fault => new Kill(
                    fault,
                    1,
                    1,
                    [
                        new ScenarioLine(new(fault.Feature, fault.Scenario), "failed", 1, "a finding"),
                        new ScenarioLine(new("Another", "a, \"b\""), "passed", 1, null),
                    ],
                    null
                )),
        ];
        foreach (var kill in _kills)
        {
            Write(kill.Fault.Name, [kill]);
        }
    }

    /// <summary>In the order given.</summary>
    [When(@"^they are merged$")]
    public void WhenMerged() => KillMatrix.Join([.. _kills.Select(kill => Path.Combine(_folder, kill.Fault.Name))],
        Directory.CreateDirectory(Path.Combine(_folder, "merged")).FullName);

    /// <summary>For people and for programs.</summary>
    [Then(@"^the kill matrix is that of one run with both faults$")]
    public void ThenOne()
    {
        Write("both", _kills);
        foreach (var name in new[] { KillMatrix.PageName, KillMatrix.TableName })
        {
            File.ReadAllLines(Path.Combine(_folder, "merged", name))
                .ShouldBe(File.ReadAllLines(Path.Combine(_folder, "both", name)));
        }
    }

    private void Write(string run, IReadOnlyList<Kill> kills) =>
        new KillMatrix(kills).Write(Directory.CreateDirectory(Path.Combine(_folder, run)).FullName);

    private static List<IReadOnlyList<string>> NamesOf(string shards) =>
        [
            .. Regex
                .Matches(shards, @"\d+/\d+")
                .Select(shard => MutationRun.NamesOf(OptionSteps.Read(new() { ["FAULT_SHARD"] = shard.Value }))),
        ];
}

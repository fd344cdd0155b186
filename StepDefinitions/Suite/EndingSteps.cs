using Shouldly;
using Specs.Support.Contracts;
using Specs.Support.Drivers;
using Specs.Support.Model;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions.Suite;

/// <summary>How permutations end: what is found, and what its cell of the anomaly matrix says.</summary>
[Binding]
public sealed class EndingSteps(RaceStage stage)
{
    private readonly Step _step = new("A", 1, "counts the users", StepWords.Named("counts the users", "A", 1));
    private TracedStep _taken = null!;
    private List<CheckResult> _results = [];

    /// <summary>One thing that happened in it.</summary>
    [Given(@"^a permutation in which (.*)$")]
    public void GivenOrder(string what)
    {
        _taken = new TracedStep(_step, 1);
        _results = [CheckResult.From(Contract.Exact, "by hand", [])];
        if (what.StartsWith("a step waited for ", StringComparison.Ordinal))
        {
            _taken = _taken with { WaitedFor = [what["a step waited for ".Length..]] };
        }
        else if (what.StartsWith("a step failed", StringComparison.Ordinal))
        {
            _taken = _taken with { SqlState = what[^5..] };
        }
        else if (what.EndsWith(" was broken", StringComparison.Ordinal))
        {
            _results = [CheckResult.From(Contract.Named(what[..^" was broken".Length]), "by hand", ["so it was"])];
        }
        else if (what.EndsWith(" could not be judged", StringComparison.Ordinal))
        {
            _results =
            [
                CheckResult.Unknown(Contract.Named(what[..^" could not be judged".Length]), "by hand", "so it was"),
            ];
        }
    }

    /// <summary>What a person would read.</summary>
    [Then(@"^the contract is found broken with$")]
    public async Task ThenBroken(string lines)
    {
        var finding = (await Xunit.Record.ExceptionAsync(stage.RequireContractAsync)).ShouldNotBeNull().Message;
        foreach (var line in lines.Split('\n'))
        {
            finding.ShouldContain(line.Trim());
        }
    }

    /// <summary>Its place in the matrix.</summary>
    [Then(@"^it ended (\w+)$")]
    public void ThenEnded(string ending) =>
        AnomalyMatrix
            .EndingOf(new(new("A", [_taken], null), _results), ["40001", "40P01"])
            .ShouldBe(Enum.Parse<PermutationOutcome>(ending));

    /// <summary>How it reads.</summary>
    [Then(@"^the cell of (no permutation|[\w, ]+) is ""(.*)""$")]
    public void ThenCell(string endings, string cell) =>
        AnomalyMatrix
            .CellOf(
                endings == "no permutation"
                    ? []
                    :
                    [
                        .. endings
                            .Split([", ", " and "], StringSplitOptions.None)
                            .Select(Enum.Parse<PermutationOutcome>),
                    ]
            )
            .ShouldBe(cell);
}

using System.Globalization;
using Shouldly;
using Specs.Support.Bench;
using Specs.Support.Contracts;

namespace Specs.StepDefinitions.Suite;

/// <summary>Conclusions from turns that were written by hand.</summary>
[Binding]
public sealed class TurnSteps
{
    private readonly BenchResults _sheet = new("other");

    /// <summary>Turns of two programs, one of which always has the same speed.</summary>
    [Given(@"^turns in which one was ([\d., ]+) times as fast as the other$")]
    public void GivenTurns(string ratios)
    {
        foreach (
            var (ratio, i) in ratios.Split(", ").Select((r, i) => (double.Parse(r, CultureInfo.InvariantCulture), i))
        )
        {
            _sheet.Add(new BenchRow("work", "one", i, 1, new Round(1000, 1 / ratio)));
            _sheet.Add(new BenchRow("work", "other", i, 1, new Round(1000, 1)));
        }
    }

    /// <summary>The conclusion.</summary>
    [Then(@"^that it is at least as fast is judged (pass|fail|unknown)$")]
    public void ThenJudged(string verdict) =>
        BenchResults
            .Judge("at least as fast", _sheet.Ratios("work", "one", t => t.PerSecond), least: 1)
            .Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true));
}

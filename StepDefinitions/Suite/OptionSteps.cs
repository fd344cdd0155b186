using Microsoft.Extensions.Configuration;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Fleet;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a run does with the options that it is given.</summary>
[Binding]
public sealed class OptionSteps(Refusal refusal)
{
    private RunOptions? _options;
    private Func<List<List<int>>> _draw = () => [];
    private List<List<int>> _drawn = [];

    /// <summary>One option or several, all others at their defaults.</summary>
    [When(@"^the run is given (\w+(?:, \w+)*) = ""(.*)""$")]
    public Task WhenGiven(string options, string values) =>
        ReadAsync(options.Split(", ").Zip(values.Split(", ")).ToDictionary(o => o.First, o => (string?)o.Second));

    /// <summary>Defaults only.</summary>
    [When(@"^the run is given no option$")]
    public Task WhenGivenNothing() => ReadAsync([]);

    /// <summary>The defaults.</summary>
    [Then(@"^it takes the reference engine and as many sessions as the features say$")]
    public void ThenDefaults()
    {
        _options.ShouldNotBeNull().Engine.Path.ShouldBe("reference");
        _options.Sessions.ShouldBeNull();
    }

    /// <summary>As the sessions of a fleet do, for each seed.</summary>
    [When(@"^each of (\d+) sessions draws one of (\d+) rows, (\d+) times, with the seeds (\d+) to (\d+)$")]
    public void WhenDrawn(int sessions, int rows, int times, int first, int last)
    {
        _draw = () => [.. Enumerable.Range(first, last - first + 1).SelectMany(seed =>
        {
            var random = Enumerable.Range(1, sessions).Select(n => SeededRandom.For(seed, n)).ToList();
            return Enumerable.Range(1, times).Select(_ => random.Select(r => r.Next(rows)).ToList());
        })];
        _drawn = _draw();
    }

    /// <summary>How many rows were drawn by at least one session.</summary>
    [Then(@"^each time the sessions drew between (\d+) and (\d+) different rows$")]
    public void ThenByChance(int least, int most) =>
        _drawn.ShouldAllBe(d => d.Distinct().Count() >= least && d.Distinct().Count() <= most);

    /// <summary>Once more.</summary>
    [Then(@"^with the same seed they draw the same rows again$")]
    public void ThenAgain() => _draw().SelectMany(d => d).ShouldBe(_drawn.SelectMany(d => d));

    /// <summary>The options of a run that is given nothing but these, by their names without SPECS_.</summary>
    /// <exception cref="UserError">One is not allowed.</exception>
    public static RunOptions Read(Dictionary<string, string?> settings) =>
        RunOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    [When(@"^(\d+) and (\d+) sessions share the work of a scenario with (\d+) sessions(|, and SPECS_SESSIONS is \d+)$")]
    public Task WhenShared(int first, int second, int asked, string replaced) => refusal.OfAsync(() =>
    {
        var settings = new Dictionary<string, string?> { ["SESSIONS"] = replaced.Split(' ')[^1] };
        WorkShare.RequireTotal([new(first, 1, null!), new(second, 1, null!)], asked, Read(settings).Sessions);
        return Task.CompletedTask;
    });

    private Task ReadAsync(Dictionary<string, string?> settings) => refusal.OfAsync(() =>
    {
        _options = Read(settings);
        return Task.CompletedTask;
    });
}

using Shouldly;
using Specs.Support.Drivers;
using Specs.Support.Reports;

namespace Specs.StepDefinitions.Suite;

/// <summary>Runs of several engines, by hand, and what './specs merge' makes of them.</summary>
[Binding]
public sealed class EngineRunSteps(HandmadeRuns runs, HandmadeMatrix matrix, CommandLine specs)
{
    /// <summary>What it would have left behind.</summary>
    [Given(@"^a run of ""(.*)"" with these results$")]
    public void GivenRun(string engine, DataTable table)
    {
        runs.Begin(engine);
        foreach (var r in table.Rows)
        {
            runs.Add(new(r["feature"], r["scenario"]), r["outcome"], r["reason"], r["permutations"]);
        }
    }

    /// <summary>In the last of the runs.</summary>
    [Given(@"^it does (\d+) transactions a second in (\d+) sessions (.*), and (passed|failed)$")]
    public void GivenThroughput(double perSecond, int sessions, string keys, string outcome) =>
        runs.AddThroughput(perSecond, sessions, keys, outcome);

    /// <summary>In the last of the runs.</summary>
    [Given(@"^the failed race has the script ""(.*)""$")]
    public void GivenScript(string script) => runs.AddScript(script);

    /// <summary>As a user does; a browser opens the page.</summary>
    [When(@"^'./specs merge' joins the runs$")]
    public Task WhenMerged() => matrix.OpenAsync();

    /// <summary>Shards.</summary>
    [When(@"^'./specs merge' joins the runs of ""(.*)""$")]
    public Task WhenMerged(string engine) => specs.TypeAsync($"merge {string.Join(' ', runs.Of(engine))}");

    /// <summary>A soak.</summary>
    [Then(@"^there is no matrix, and the report says ""(.*)""$")]
    public void ThenNone(string words)
    {
        File.Exists(specs.LeftBehind(EngineMatrix.PageName)).ShouldBeFalse();
        specs.Said.ShouldContain(words);
    }
}

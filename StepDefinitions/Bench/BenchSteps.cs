using System.Globalization;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Bench;

/// <summary>What is as fast as what, in turns.</summary>
[Binding]
public sealed class BenchSteps(Judge judge, SchemaDriver schema, Support.Drivers.BenchDriver bench)
{
    /// <summary>The suite's own trigger on TVIEWs costs time that is not the engine's.</summary>
    [Given(@"^nobody records the refreshes$")]
    public void GivenUnwatched() => schema.RecordsRefreshes = false;

    /// <summary>The comparison.</summary>
    [When(@"^each of (\d+) sessions (.+), (\d+) times?, in (\d+) turns by the fleet, by pgbench and by psql$")]
    public Task WhenCompared(int sessions, string workload, int times, int turns) =>
        bench.CompareAsync(workload, sessions, times, turns);

    /// <summary>The same for opening and closing.</summary>
    [When(@"^(\d+) sessions are opened and closed, (\d+) times, in (\d+) turns by the fleet, by pgbench and by psql$")]
    public Task WhenReopened(int sessions, int times, int turns) => bench.ReopenAsync(sessions, times, turns);

    /// <summary>A ratio within the run.</summary>
    [Then(@"^the fleet is at least ([\d.]+) times as fast as pgbench$")]
    public void ThenFast(string least) =>
        judge.Require(bench.CheckSpeed(double.Parse(least, CultureInfo.InvariantCulture)));

    /// <summary>A ratio within the run.</summary>
    [Then(@"^opening the sessions takes it at most ([\d.]+) times as long$")]
    public void ThenOpened(string most) =>
        judge.Require(bench.CheckOpening(double.Parse(most, CultureInfo.InvariantCulture)));
}

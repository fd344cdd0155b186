using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>A user's own tables; races and loads over them are those over drawn ones.</summary>
[Binding]
public sealed class OwnTableSteps(
    OwnTables own,
    RaceSearch search,
    RandomStress stress,
    FleetDriver fleet,
    Judge judge,
    Measurements measurements,
    IReqnrollOutputHelper output
)
{
    [Given(@"^the tables and TVIEWs of (docker/schemas/\w+)$")]
    public Task GivenFolder(string folder) => own.TakeAsync(folder);

    [Given(@"^the tables and TVIEWs of the folder that --schema names$")]
    public void GivenTheirs() => own.TakeGiven();

    /// <summary>For what is not drawn, but done as the scenario says.</summary>
    [Given(@"^they are made$")]
    public Task GivenMade() => own.CreateAsync();

    /// <summary>Everything happens here; the other steps look at what was found.</summary>
    [When(@"^(\d+) random races over them are taken, (\d+) times?, each in (\d+) permutations$")]
    public Task WhenSearched(int races, int times, int permutations) => search.RunAsync(times, races, permutations);

    /// <summary>Everything happens here; the other steps look at what was found.</summary>
    [When(@"^(\d+) sessions commit (\d+) random transactions over them, (\d+) times?$")]
    public async Task WhenRandom(int sessions, int transactions, int rounds)
    {
        fleet.RetryAllowed();
        await stress.RunAsync(sessions, transactions, rounds);
        output.WriteLine(string.Join(", ", stress.Tally.Select(t => $"{t.Key}: {t.Value}")));
    }

    /// <summary>Those in its folder transactions.</summary>
    [When(@"^the sessions run the folder's own transactions, (\d+) times each$")]
    public Task WhenTransactions(int times) => fleet.RunAsync(own.Transactions, times);

    /// <summary>Two of them may lock rows in opposite orders, with or without TVIEWs.</summary>
    [Then(@"^the TVIEW contract held, whatever locks the users' own rows had$")]
    public async Task ThenContract()
    {
        var results = await judge.JudgeRoundAsync();
        own.NoteLoad(measurements.Load.History, results);
        judge.Require([.. results]);
    }
}

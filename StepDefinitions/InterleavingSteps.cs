using Specs.Support.Drivers;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions;

/// <summary>Races: several small transactions whose steps are taken in one order after the other.</summary>
[Binding]
public sealed class InterleavingSteps(RaceStage stage)
{
    /// <summary>How they reach the server.</summary>
    [Given(@"^sessions that connect (directly|through transaction pooling)$")]
    public void GivenRoute(string route) => stage.Connect(route != "directly");

    /// <summary>A column for each session, its steps downwards.</summary>
    [Given(@"^these sessions$")]
    public void GivenSessions(DataTable table) =>
        stage.Give(Race.Of([.. table.Header], [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Values])]));

    /// <summary>All orders, or a sample of them.</summary>
    [When(@"^they take their steps in every order$")]
    public Task WhenEvery() => stage.RunAsync();

    /// <summary>One order: the session's letter for each step.</summary>
    [When(@"^they take their steps in the order ([A-Z ]+)$")]
    public Task WhenIn(string order) => stage.RunAsync(order);

    /// <summary>All contracts.</summary>
    [Then(@"^after (?:every|this) order the TVIEW contract held$")]
    public Task ThenContract() => stage.RequireContractAsync();

    /// <summary>Which errors there may be.</summary>
    [Then(@"^a step was (never refused|refused only with [\w ,]+)$")]
    public Task ThenRefusals(string how) => stage.RequireRefusalsAsync(how == "never refused" ? []
        : how["refused only with ".Length..].Split([" or ", ", "], StringSplitOptions.None));

    /// <summary>An error that has to come.</summary>
    [Then(@"^in every order session ([A-Z]) was refused with (\w{5})$")]
    public Task ThenRefused(string session, string sqlState) => stage.RequireEveryAsync($"session {session} is refused with {sqlState}",
        p => p.Refused.Any(s => s.Step.Session == session && s.SqlState == sqlState));

    /// <summary>One wins, the other is told.</summary>
    [Then(@"^in every order one session was refused with (\w{5}) and no other$")]
    public Task ThenOneRefused(string sqlState) => stage.RequireEveryAsync($"one session is refused with {sqlState} and no other",
        p => p.Refused.Count(s => s.SqlState == sqlState) == 1);

    /// <summary>An error that has to be possible.</summary>
    [Then(@"^in some order a step was refused with (\w{5})$")]
    public void ThenSomeRefused(string sqlState) => stage.RequireSome($"a step is refused with {sqlState}", p => p.Refused.Any(s => s.SqlState == sqlState));

    /// <summary>The proof that the sessions met.</summary>
    [Then(@"^in (every|some) order session ([A-Z]) had to wait$")]
    public Task ThenWaits(string which, string session)
    {
        bool Waits(Trace p) => p.Steps.Any(s => s.Step.Session == session && s.Waited);
        if (which == "every")
        {
            return stage.RequireEveryAsync($"session {session} has to wait", Waits);
        }

        stage.RequireSome($"session {session} has to wait", Waits);
        return Task.CompletedTask;
    }
}

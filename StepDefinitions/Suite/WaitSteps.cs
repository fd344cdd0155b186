using Shouldly;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>A wait that may be unnecessary, told from a permutation by hand.</summary>
[Binding]
public sealed class WaitSteps
{
    private readonly List<Candidate> _known = [];
    private readonly Dictionary<string, Step> _steps = [];

    /// <summary>What a session's only statement changes when it is taken alone.</summary>
    [Given(@"^session ([AB]) whose statement alone changes rows? (.*) of a TVIEW$")]
    public void GivenChanges(string session, string keys)
    {
        GivenUnknown(session);
        _known.Add(new(
            new("update", "tb_a", SqlOf(session)),
            [.. keys.Split(" and ").Select(key => new Effect("tv_v1", "any", "changes", key))]
        ));
    }

    /// <summary>A statement that was never tried alone.</summary>
    [Given(@"^session ([AB]) whose statement is not known$")]
    public void GivenUnknown(string session) =>
        _steps[session] = new(session, 1, "updates tb_a", new StepCommand(StepKind.Work, SqlOf(session)));

    /// <summary>The wait.</summary>
    [Then(@"^that session B waits for session A on a lock of the kind ""(\w+)"" is (.*)$")]
    public void ThenWait(string kind, string judged) =>
        Judge(new TracedStep(_steps["B"], 2) { WaitedFor = ["session A"], WaitedOn = [kind] }).ShouldBe(judged);

    /// <summary>No wait.</summary>
    [Then(@"^that session B does not wait is (.*)$")]
    public void ThenNoWait(string judged) => Judge(new TracedStep(_steps["B"], 2)).ShouldBe(judged);

    private string Judge(TracedStep second) =>
        new WaitsApart(_known).Shows(new Trace("AB", [new TracedStep(_steps["A"], 1), second], null)) switch
        {
            true => "unnecessary",
            false => "as it should be",
            null => "not known",
        };

    private static string SqlOf(string session) => $"UPDATE tb_a SET n = 1 WHERE pk_a = {session[0] - 'A'}";
}

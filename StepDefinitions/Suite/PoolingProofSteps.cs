using System.Globalization;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>Checks about poolers, on clients and losses that were written by hand.</summary>
[Binding]
public sealed class PoolingProofSteps
{
    private const long Broke = 5;   // every operation began before that tick and ended after it

    private readonly Dictionary<string, long> _tokens = [];
    private BackendObservation[] _visits = [];
    private Operation[] _operations = [];
    private int _asked = 1;

    /// <summary>An empty cell is what nobody knows, or what nobody has set.</summary>
    [Given(@"^two clients of a pooler$")]
    public void GivenVisits(DataTable table) =>
        _visits = [
            .. table.Rows.Select(row => new BackendObservation(
                row["client"],
                1,
                1,
                (int)Number(row["process"])!,
                DateTime.UnixEpoch,
                row["set by"] is { Length: > 0 } mark ? mark : null,
                Number(row["queue found"]),
                "1"
            )
            {
                QueueOwed = Number(row["queue owed"]),
            }),
        ];

    /// <summary>
    /// An outcome, with an SQLSTATE where there was one; "never sent" is a token that no session wrote.
    /// </summary>
    [Given(@"^sessions that wrote tokens until their connections broke$")]
    public void GivenLosses(DataTable table)
    {
        foreach (var row in table.Rows.Where(row => Number(row["rows of its token"]) > 0))
        {
            _tokens.Add(Tokens.Of((int)Number(row["session"])!, 1), Number(row["rows of its token"])!.Value);
        }

        _operations =
        [
            .. table
                .Rows.Where(row => row["outcome"] != "never sent")
                .Select(row => new Operation(
                    (int)Number(row["session"])!,
                    "writes a token",
                    0,
                    2 * Broke,
                    Enum.Parse<Outcome>(row["outcome"].Split(' ')[0], ignoreCase: true),
                    row["outcome"].Split(' ').ElementAtOrDefault(1),
                    1,
                    false,
                    null
                )),
        ];
    }

    /// <summary>How much was asked for.</summary>
    [Given(@"^each of them was asked for (\d+) transactions$")]
    public void GivenAsked(int times) => _asked = times;

    /// <summary>The proof of sharing.</summary>
    [Then(@"^that they shared a server connection is judged (\w+)$")]
    public void ThenShared(string verdict) => Judge(PoolingProof.SameConnection(_visits[0], _visits[1]), verdict);

    /// <summary>The proof of the mode.</summary>
    [Then(@"^that the session was not reset is judged (\w+)$")]
    public void ThenNotReset(string verdict) => Judge(PoolingProof.Reset(_visits[0], _visits[1], false), verdict);

    /// <summary>The verdict on the queue, of an engine that flushes at commit.</summary>
    [Then(@"^that the second found an empty queue is judged (\w+)$")]
    public void ThenEmpty(string verdict) =>
        Judge(PoolingProof.EmptyQueue(_visits[0], _visits[1], RefreshMoment.Commit), verdict);

    /// <summary>The verdict on what is there afterwards.</summary>
    [Then(@"^that nothing is lost or half done is judged (\w+)$")]
    public void ThenTokens(string verdict) => Judge(ConnectionLoss.Tokens(Load, _tokens), verdict);

    /// <summary>The verdict on the errors.</summary>
    [Then(@"^that every error was clean is judged (\w+)$")]
    public void ThenClean(string verdict) => Judge(ConnectionLoss.CleanErrors(Load), verdict);

    /// <summary>The verdict on the moment.</summary>
    [Then(@"^that transactions were under way, (\d+) of them on the server, is judged (\w+)$")]
    public void ThenUnderWay(int onServer, string verdict) =>
        Judge(ConnectionLoss.UnderWay(Load, Broke, onServer), verdict);

    private LoadResult Load =>
        new([.. _operations.Select(_ => _asked)], TimeSpan.FromSeconds(1), new History(_operations));

    private static void Judge(CheckResult result, string verdict) =>
        result.Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true), result.ToString());

    private static long? Number(string text) =>
        text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}

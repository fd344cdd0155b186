using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>Moments and counts of tokens that were written by hand.</summary>
[Binding]
public sealed class MomentSteps
{
    private List<Moment> _moments = [];
    private List<TokenCount> _counts = [];
    private LoadResult _load = new([], default, new([]));

    /// <summary>Rows of the TVIEW have " and " between them.</summary>
    [Given(@"^these moments$")]
    public void GivenMoments(DataTable table) =>
        _moments =
        [
            .. table.Rows.Select(row => new Moment(
                Number(row["after"]),
                "tv_post",
                row["query"].Replace(" and ", "\n", StringComparison.Ordinal),
                row["TVIEW"].Replace(" and ", "\n", StringComparison.Ordinal)
            )
            {
                MayBeBetween = table.ContainsColumn("several ended at once") && row["several ended at once"] == "yes",
            }),
        ];

    /// <summary>Times are ticks; the load is one transaction of session 1.</summary>
    [Given(@"^these counts of tokens in a load from (\d+) to (\d+)$")]
    public void GivenCounts(int from, int to, DataTable table)
    {
        _load = new([1], default, new([new(1, Tokens.Of(1, 1), from, to, Outcome.Ok, null, 1, false, null)]));
        _counts =
        [
            .. table
                .Rows.GroupBy(row => (Start: Number(row["start"]), End: Number(row["end"])))
                .Select(g => new TokenCount(
                    g.Key.Start,
                    g.Key.End,
                    g.Select(row => new SessionTokens(
                            Number(row["session"]),
                            Number(row["tokens"]),
                            Number(row["last"]),
                            Number(row["rows"])
                        ))
                        .ToDictionary(s => s.Session)
                )),
        ];
    }

    [Then(@"^the moments are judged (\w+)(| because "".*"")$")]
    public void ThenMoments(string verdict, string because) =>
        new OneMoment().Check(_moments).ShouldBeJudged(verdict, because);

    [Then(@"^the counts are judged (\w+)(| because "".*"")$")]
    public void ThenCounts(string verdict, string because) =>
        new OneMoment().Check(_counts, [_load]).ShouldBeJudged(verdict, because);

    /// <summary>Ticks of Stopwatch.</summary>
    [Then(@"^the lag of its one transaction is (\d+) ticks$")]
    public void ThenLag(int ticks) =>
        Tokens.Lags(_load.History, _counts).ShouldBe([Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds]);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

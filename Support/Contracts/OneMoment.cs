using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>
/// Converges: what a TVIEW shows is what its query gave at one moment, and no later snapshot shows an earlier moment.
/// Between the steps of a permutation every moment is known; in a load tokens tell, of which one transaction writes
/// each into two rows.
/// </summary>
public sealed class OneMoment : IChecker
{
    private const int MostRows = 3;

    /// <inheritdoc/>
    public Contract Contract => Contract.Converges;

    /// <inheritdoc/>
    public string Claim => "a TVIEW shows what its query gave at one moment, and never goes back";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.Moments.Count + evidence.TokenCounts.Count == 0 ? "nobody looked on between two commits" : null;

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) =>
        Task.FromResult(
            CheckResult.Merge(
                this,
                [
                    Check(evidence.Moments),
                    .. evidence.TokenCounts.Count == 0 ? [] : new[] { Check(evidence.TokenCounts, evidence.Loads) },
                ]
            )
        );

    /// <summary>Judges what was noted between the steps of a permutation.</summary>
    /// <param name="moments">In the order of time.</param>
    public CheckResult Check(IReadOnlyList<Moment> moments) =>
        CheckResult.From(this, [.. moments.GroupBy(m => m.Tview).Select(g => FirstBroken([.. g])).OfType<string>()]);

    /// <summary>Judges how many tokens of each session were seen.</summary>
    /// <param name="counts">In the order of time.</param>
    /// <param name="loads">What ran meanwhile.</param>
    public CheckResult Check(IReadOnlyList<TokenCount> counts, IReadOnlyCollection<LoadResult> loads)
    {
        var work = loads.SelectMany(l => l.History.Work).ToList();
        if (work.Count == 0 || !counts.Any(c => c.Start > work.Min(o => o.Start) && c.End < work.Max(o => o.End)))
        {
            return CheckResult.Unknown(this, "nobody counted the tokens while the sessions worked");
        }

        // A token whose transaction failed is missing for a good reason.
        var failed = work.Where(o => o.Outcome != Outcome.Ok).Select(o => o.Session).ToHashSet();
        return CheckResult.From(
            this,
            [
                .. counts
                    .SelectMany((count, i) =>
                        count.Sessions.Select(s => FindingOf(s.Value, i == 0 ? null : counts[i - 1].Of(s.Key), failed))
                            .Concat(i == 0 ? [] : counts[i - 1].Sessions.Keys.Except(count.Sessions.Keys).Select(Gone))
                    )
                    .OfType<string>()
                    .Distinct(),
            ]
        );
    }

    private static string Gone(int session) => $"the tokens of session {session} were shown, and then no more";

    private static string? FindingOf(SessionTokens now, SessionTokens? before, HashSet<int> failed) =>
        now.Rows != 2 * now.Tokens
            ? $"a snapshot showed {now.Tokens} tokens of session {now.Session} in {now.Rows} rows, and each was "
                + "written "
                + "into two"
        : now.Tokens < before?.Tokens
            ? $"a snapshot showed {now.Tokens} tokens of session {now.Session}, and an earlier one {before.Tokens}"
        : now.Tokens < now.Last && !failed.Contains(now.Session)
            ? $"a snapshot showed {now.Tokens} tokens of session {now.Session} and among them the one of its "
                + "transaction "
                + $"{now.Last}: an earlier one is missing"
        : null;

    // Each snapshot is given the earliest moment that it can have: if a series of moments never goes back, that one
    // does not.
    private static string? FirstBroken(IReadOnlyList<Moment> notes)
    {
        var known = new List<(string Rows, int After)>();
        var shown = 0;
        foreach (var note in notes)
        {
            known.Add((note.Wanted, note.After));
            var place = known.FindIndex(shown, k => k.Rows == note.Held);
            if (place < 0 && note.MayBeBetween)
            {
                known.Insert(known.Count - 1, (note.Held, note.After));
                place = known.Count - 2;
            }

            if (place < 0)
            {
                return known.FindIndex(k => k.Rows == note.Held) is >= 0 and var earlier
                    ? $"after step {note.After}, {note.Tview} shows what its query gave after step "
                        + $"{known[earlier].After}; "
                        + $"before, it had shown what the query gave after step {known[shown].After}"
                    : $"after step {note.After}, {note.Tview} shows what its query gave at no moment: "
                        + $"{RowsOf(note.Held, note.Wanted)}, where the query gives {RowsOf(note.Wanted, note.Held)}";
            }

            shown = place;
        }

        return null;
    }

    private static string RowsOf(string some, string others)
    {
        var rows = some.Split('\n').Except(others.Split('\n')).Where(r => r.Length > 0).ToList();
        return rows.Count == 0
            ? "nothing else"
            : string.Join(" and ", rows.Take(MostRows)) + (rows.Count > MostRows ? " …" : "");
    }
}

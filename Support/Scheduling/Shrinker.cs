using System.Diagnostics;

namespace Specs.Support.Scheduling;

/// <summary>Makes a failing order smaller: leaves out what is not needed for it to fail.</summary>
public static class Shrinker
{
    /// <summary>What is not small after that time is told as it is: a crash takes the server seconds.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Leaves out one part after the other for as long as the rest still fails.</summary>
    /// <param name="steps">Steps that fail, in their order.</param>
    /// <param name="stillFails">Whether the same contract breaks with these steps.</param>
    /// <returns>Steps of which none can be left out; in the same order.</returns>
    public static async Task<IReadOnlyList<Step>> ReduceAsync(
        IReadOnlyList<Step> steps,
        Func<IReadOnlyList<Step>, Task<bool>> stillFails
    )
    {
        var began = Stopwatch.GetTimestamp();
        for (var smaller = true; smaller;)
        {
            smaller = false;
            foreach (var part in PartsOf(steps))
            {
                var rest = steps.Except(part).ToList();
                if (
                    rest.Count > 0
                    && Stopwatch.GetElapsedTime(began) < Limit
                    && Race.MakesSense(rest)
                    && await stillFails(rest)
                )
                {
                    (steps, smaller) = (rest, true);
                    break;
                }
            }
        }

        return steps;
    }

    // The large ones first: a session, a transaction, the brackets around one, a single step.
    private static IEnumerable<IReadOnlyCollection<Step>> PartsOf(IReadOnlyList<Step> steps)
    {
        var sessions = steps.GroupBy(s => s.Session).Select(g => g.OrderBy(s => s.Number).ToList()).ToList();
        var transactions = sessions.SelectMany(TransactionsOf).ToList();
        return
        [
            // A session together with the step that ends what it has prepared.
            .. sessions.Select(s => s.Concat(steps.Where(end => end.Command.Of == s[0].Session)).Distinct().ToList()),
            .. sessions, .. transactions,
            .. transactions.Select(t => t.Where(s => s.Command.Kind != StepKind.Work).ToList()),
            .. steps
                .Where(s => s.Command.Kind is StepKind.Work or StepKind.BackToSavepoint or StepKind.EndPrepared)
                .Select(s => new[] { s }),
        ];
    }

    // From a step that begins one to the step that ends it, and that lets it go on.
    private static IEnumerable<List<Step>> TransactionsOf(List<Step> session)
    {
        for (var from = session.FindIndex(s => s.Command.Kind == StepKind.Begin); from >= 0;)
        {
            var next = session.FindIndex(from + 1, s => s.Command.Kind == StepKind.Begin);
            var own = session[from..(next < 0 ? session.Count : next)];
            var end = own.FindLastIndex(s => s.Command.Kind is StepKind.End or StepKind.GoOn);
            yield return own[..(end < 0 ? own.Count : end + 1)];
            from = next;
        }
    }
}

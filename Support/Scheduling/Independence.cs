using System.Text;
using Specs.Support.Configuration;

namespace Specs.Support.Scheduling;

/// <summary>
/// Which neighbouring steps of two sessions can be exchanged without a change, whatever is done before and after them.
/// Orders that come out of one another by such exchanges are one class (a Mazurkiewicz trace), and one of them stands
/// for all: the partial-order reduction of Loom and Coyote. It is decided from the steps, before any of them is taken.
/// </summary>
/// <remarks>
/// That two steps use different rows or tables is not enough. One that ends a transaction, or fails, lets others go on,
/// and a step that was put off because its session waited is then taken at once: exchanged with its neighbour, the
/// first would bring another session's step before or behind it. So one of the two has to be a step that waits for
/// nobody and lets nobody go on.
/// </remarks>
/// <param name="TouchesNothing">Whether a step waits for nobody, lets nobody go on and looks at nothing.</param>
public sealed record Independence(Func<Step, bool> TouchesNothing)
{
    /// <summary>Nothing is known: every order stands for itself.</summary>
    public static Independence None { get; } = new(_ => false);

    /// <summary>What is known for sure of an engine and a route.</summary>
    /// <param name="profile">The engine's. While one refreshes later, every step is a moment at which it is looked
    /// at.</param>
    /// <param name="pooled">Whether a pooler is between: then BEGIN decides who gets which server connection.</param>
    public static Independence Of(EngineProfile profile, bool pooled) =>
        pooled || !profile.IsImmediate ? None : new(IsKnown);

    /// <summary>Whether two steps of different sessions can be exchanged.</summary>
    public bool CanExchange(Step one, Step other) =>
        (TouchesNothing(one) || TouchesNothing(other))
        // A step that creates or drops a TVIEW tells the other sessions, and they listen at BEGIN.
        && !one.Command.Defines
        && !other.Command.Defines;

    /// <summary>The steps that can as well be taken together with the next one of their session.</summary>
    /// <param name="steps">All steps.</param>
    internal IReadOnlySet<Step> WithTheNext(IReadOnlyList<Step> steps) =>
        steps.Any(s => s.Command.Defines) ? new HashSet<Step>() : steps.Where(TouchesNothing).ToHashSet();

    // BEGIN takes no snapshot at any level (the first statement does), no lock that anybody waits for, and no
    // transaction ID. A savepoint neither, nor a setting; ROLLBACK TO lets go of locks.
    private static bool IsKnown(Step step) =>
        step.Command.Sql is [var sql]
        && (
            (step.Command.Kind == StepKind.Begin && !sql.Contains(';', StringComparison.Ordinal))
            || (step.Command.Kind == StepKind.Work && (sql is StepWords.SetSavepoint or StepWords.DeferConstraints
                || sql.StartsWith("SET LOCAL ", StringComparison.Ordinal)))
        );

    /// <summary>The order that stands for the class of an order: the first of them, as in a dictionary.</summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="order">The sessions' letters, one for each step.</param>
    public string RepresentativeOf(Race race, string order)
    {
        var left = race.In(order).ToList();
        var first = new StringBuilder(order.Length);
        while (left.Count > 0)
        {
            var next = left.Index()
                .Where(s => left.Take(s.Index).All(earlier =>
                    earlier.Session != s.Item.Session && CanExchange(earlier, s.Item)))
                .MinBy(s => s.Item.Session, StringComparer.Ordinal);
            left.RemoveAt(next.Index);
            first.Append(next.Item.Session);
        }

        return first.ToString();
    }
}

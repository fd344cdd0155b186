using System.Numerics;
using Specs.Support.Configuration;

namespace Specs.Support.Scheduling;

/// <summary>
/// The orders that the steps of several sessions can take. An order is a text: the session's letter for each step.
/// </summary>
public static class Permutations
{
    // Up to here all orders are made and the allowed ones counted; beyond, the draw goes without making them.
    private const int MostThatAreMade = 100_000;

    /// <summary>How many orders there are: the multinomial coefficient.</summary>
    /// <param name="steps">How many steps each session has.</param>
    public static BigInteger Count(IEnumerable<int> steps)
    {
        var (count, all) = (BigInteger.One, 0);
        foreach (var own in steps)
        {
            for (var n = 1; n <= own; n++)
            {
                count = count * ++all / n;
            }
        }

        return count;
    }

    /// <summary>Every order, as in a dictionary.</summary>
    /// <param name="race">The sessions and their steps.</param>
    public static IEnumerable<string> All(Race race) =>
        From("", [.. race.Sessions.Select(s => (s.Session, s.Steps.Count))]);

    /// <summary>
    /// All orders that make sense or, where they are too many, as many as the limit allows, drawn at random.
    /// </summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="limit">How many orders, at the most.</param>
    /// <param name="seed">Brings the same draw again.</param>
    /// <returns>The orders, and out of how many they are: null where nobody has counted them.</returns>
    public static (IReadOnlyList<string> Orders, int? Of) Choose(Race race, int limit, int seed)
    {
        var random = new Random(seed);
        if (Count(race.Sessions.Select(s => s.Steps.Count)) <= MostThatAreMade)
        {
            var all = All(race).Where(race.Allows).ToArray();
            return all.Length <= limit
                ? (all, all.Length)
                : ([.. random.GetItemsOnce(all, limit).Order(StringComparer.Ordinal)], all.Length);
        }

        var letters = race.Steps.Select(s => s.Session[0]).ToArray();
        var drawn = new SortedSet<string>(StringComparer.Ordinal);
        while (drawn.Count < limit)
        {
            random.Shuffle(letters);
            if (new string(letters) is var order && race.Allows(order))
            {
                drawn.Add(order);
            }
        }

        return ([.. drawn], null);
    }

    /// <summary>
    /// The order of that id or, where the engine refreshes later, that order with the refresh at every place.
    /// </summary>
    /// <param name="id">The sessions' letters, one for each step but the refresh.</param>
    /// <param name="race">The sessions and their steps.</param>
    /// <returns>The orders and their number.</returns>
    /// <exception cref="UserError">It does not fit the sessions' steps.</exception>
    public static (IReadOnlyList<string> Orders, int? Of) WithRefresh(string id, Race race)
    {
        var letters = id.Replace(" ", "", StringComparison.Ordinal);
        string[] ids = race.Refreshes
            ? [.. Enumerable.Range(0, letters.Length + 1).Select(i => letters.Insert(i, Race.Refresher))]
            : [letters];
        return ([.. ids.Select(i => Parse(i, race))], ids.Length);
    }

    /// <summary>The order of that id.</summary>
    /// <param name="id">The sessions' letters, one for each step.</param>
    /// <param name="race">The sessions and their steps.</param>
    /// <exception cref="UserError">It does not fit the sessions' steps.</exception>
    public static string Parse(string id, Race race)
    {
        var wanted = string.Concat(race.Steps.Select(s => s.Session));
        var letters = id.Replace(" ", "", StringComparison.Ordinal);
        return string.Concat(letters.Order()) == string.Concat(wanted.Order()) && race.Allows(letters) ? letters
            : throw new UserError($"The permutation {letters} does not fit: it takes every step once, "
                + $"{string.Join(" and ", race.Sessions.Select(s => $"{s.Steps.Count} of session {s.Session}"))}, and "
                + "ends nothing that is not prepared yet; "
                + $"for example {All(race).FirstOrDefault(race.Allows) ?? wanted}.");
    }

    private static IEnumerable<string> From(string begun, (string Session, int Left)[] sessions)
    {
        if (sessions.All(s => s.Left == 0))
        {
            return [begun];
        }

        return sessions.Index().Where(s => s.Item.Left > 0).SelectMany(s => From(begun + s.Item.Session,
            [.. sessions.Select((other, i) => i == s.Index ? (other.Session, other.Left - 1) : other)]));
    }

    private static IEnumerable<T> GetItemsOnce<T>(this Random random, T[] items, int count)
    {
        var mixed = items.ToArray();
        random.Shuffle(mixed);
        return mixed.Take(count);
    }
}

using System.Numerics;
using Specs.Support.Configuration;

namespace Specs.Support.Scheduling;

/// <summary>
/// The orders that the steps of several sessions can take. An order is a text: the session's letter for each step.
/// </summary>
public static class Permutations
{
    /// <summary>
    /// Up to here all orders are made and the allowed ones counted; beyond, the draw goes without making them.
    /// </summary>
    internal const int MostThatAreMade = 100_000;

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
    /// Of all orders that make sense one of each class, or of so many classes as the limit allows, drawn at random; and
    /// all the same a share of the others, so that a wrong idea of what cannot differ is found.
    /// </summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="limit">How many orders, at the most.</param>
    /// <param name="seed">Brings the same draw again.</param>
    /// <param name="independence">What cannot differ; null where every order stands for itself.</param>
    /// <param name="oneIn">Which share of the others: one in so many, and one of them at least.</param>
    public static Choice Choose(Race race, int limit, int seed, Independence? independence = null, int oneIn = 10)
    {
        var random = new Random(seed);
        var most = limit / oneIn;
        Func<string, string> representativeOf =
            independence is null ? order => order : order => independence.RepresentativeOf(race, order);
        if (Count(race.Sessions.Select(s => s.Steps.Count)) > MostThatAreMade)
        {
            return Draw(race, limit, most, random, representativeOf);
        }

        var all = All(race).Where(race.Allows).Select(o => (Order: o, Representative: representativeOf(o))).ToArray();
        string[] representatives = [.. all.Where(o => o.Order == o.Representative).Select(o => o.Order)];
        var others = all.Length - representatives.Length;
        var share = others == 0 ? 0 : Math.Min(Math.Max(1, others / oneIn), most);
        var taken =
            representatives.Length <= limit - share
                ? [.. representatives]
                : random.GetItemsOnce(representatives, limit - share).ToHashSet();
        var equivalents = random
            .GetItemsOnce(
                [.. all.Where(o => o.Order != o.Representative && taken.Contains(o.Representative))],
                share
            )
            .ToDictionary(o => o.Order, o => o.Representative);
        return new([.. taken.Concat(equivalents.Keys).Order(StringComparer.Ordinal)], all.Length)
        {
            Classes = representatives.Length,
            Equivalents = equivalents,
        };
    }

    /// <summary>Some orders, each of a class of its own, without making all of them first.</summary>
    /// <param name="race">The sessions and their steps.</param>
    /// <param name="limit">How many, at the most.</param>
    /// <param name="seed">Brings the same draw again.</param>
    /// <param name="independence">What cannot differ.</param>
    internal static IReadOnlyList<string> Draw(Race race, int limit, int seed, Independence independence) =>
        Draw(race, limit, 0, new Random(seed), order => independence.RepresentativeOf(race, order)).Orders;

    private static Choice Draw(Race race, int limit, int most, Random random, Func<string, string> representativeOf)
    {
        var letters = race.Steps.Select(s => s.Session[0]).ToArray();
        var drawn = new HashSet<string>();
        var equivalents = new Dictionary<string, string>();
        // There may be fewer classes than the limit, and nobody has counted them.
        for (var known = 0; drawn.Count + equivalents.Count < limit && known < 10 * limit;)
        {
            random.Shuffle(letters);
            var order = new string(letters);
            if (!race.Allows(order))
            {
                continue;
            }

            var representative = representativeOf(order);
            known = drawn.Add(representative) ? 0 : known + 1;
            if (order != representative && equivalents.Count < most)
            {
                equivalents[order] = representative;
            }
        }

        return new([.. drawn.Concat(equivalents.Keys).Order(StringComparer.Ordinal)], null)
        {
            Equivalents = equivalents,
        };
    }

    /// <summary>
    /// The order of that id or, where the engine refreshes later, that order with the refresh at every place.
    /// </summary>
    /// <param name="id">The sessions' letters, one for each step but the refresh.</param>
    /// <param name="race">The sessions and their steps.</param>
    /// <exception cref="UserError">It does not fit the sessions' steps.</exception>
    public static Choice WithRefresh(string id, Race race)
    {
        var letters = id.Replace(" ", "", StringComparison.Ordinal);
        string[] ids = race.Refreshes
            ? [.. Enumerable.Range(0, letters.Length + 1).Select(i => letters.Insert(i, Race.Refresher))]
            : [letters];
        return new([.. ids.Select(i => Parse(i, race))], ids.Length);
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

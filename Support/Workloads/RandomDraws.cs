namespace Specs.Support.Workloads;

/// <summary>The draws that random workloads make.</summary>
internal static class RandomDraws
{
    /// <summary>One of them, all equally likely.</summary>
    internal static T Pick<T>(this IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];

    /// <summary>One of them, by weight.</summary>
    internal static T Pick<T>(this IReadOnlyList<(int Weight, T Choice)> choices, Random random)
    {
        var place = random.Next(choices.Sum(c => c.Weight));
        return choices.First(c => (place -= c.Weight) < 0).Choice;
    }

    /// <summary>True so many times in a hundred.</summary>
    internal static bool Chance(this Random random, int percent) => random.Next(100) < percent;
}

namespace Specs.Support.Fleet;

/// <summary>Random numbers that a seed brings again, in every process and on every machine.</summary>
public static class SeededRandom
{
    /// <summary>
    /// A generator of its own for each place: the run's seed with, say, the session's number. What neighbours draw must
    /// not hang together, else a hundred sessions meet where the arithmetic sends them and not where chance does: so
    /// each part is mixed in by the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The seeds of <see
    /// cref="Random"/> alone do not do it: what it draws first is linear in its seed.
    /// </summary>
    /// <param name="place">The seed and what tells the place from others.</param>
    public static Random For(params ReadOnlySpan<int> place)
    {
        var state = 0ul;
        foreach (var part in place)
        {
            state = unchecked(Mixed(state + 0x9E3779B97F4A7C15 + (uint)part));
        }

        return new Random((int)(state >> 33));
    }

    private static ulong Mixed(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}

namespace Specs.Support.Configuration;

/// <summary>Which of how many machines this is; each takes every n-th of what they share.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many there are.</param>
public readonly record struct Shard(int Number, int Of)
{
    /// <summary>The only machine, which takes everything.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>What of something is this machine's, in the same order.</summary>
    public IReadOnlyList<T> Share<T>(IEnumerable<T> all)
    {
        var (number, of) = this;
        return [.. all.Where((_, i) => i % of == number - 1)];
    }

    /// <summary>In words.</summary>
    public override string ToString() => $"shard {Number} of {Of}";
}

namespace Specs.Support.Scheduling;

/// <summary>Which orders of a race are taken.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="Of">Out of how many they are; null where nobody has counted them.</param>
public sealed record Choice(IReadOnlyList<string> Orders, int? Of)
{
    /// <summary>How many of all can differ from one another; null where nobody has counted them.</summary>
    public int? Classes { get; init; } = Of;

    /// <summary>
    /// The orders that cannot differ and are taken all the same, each with the one that stands for it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Equivalents { get; init; } = new Dictionary<string, string>();

    /// <summary>How many are left out because they cannot differ; null where nobody has counted them.</summary>
    public int? Saved => Of - Classes - Equivalents.Count;
}

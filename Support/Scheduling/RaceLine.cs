using System.Globalization;
using System.Numerics;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>How the permutations of one race ended: a line of <see cref="AnomalyMatrix.DataName"/>.</summary>
/// <param name="Scenario">The race.</param>
/// <param name="Isolation">The level of its transactions, as SQL says it.</param>
/// <param name="Route">How its sessions connected.</param>
/// <param name="Endings">How many permutations ended how.</param>
public sealed record RaceLine(
    ScenarioId Scenario,
    string Isolation,
    string Route,
    IReadOnlyDictionary<PermutationOutcome, int> Endings
)
{
    /// <summary>How many permutations the race has; null where nobody has counted them.</summary>
    public int? Of { get; init; }

    /// <summary>How many of them can differ from one another; null where nobody has counted them.</summary>
    public int? Classes { get; init; }

    /// <summary>How many were left out because they cannot differ from others; null where nobody counted.</summary>
    public int? Saved { get; init; }

    /// <summary>How long they took.</summary>
    public double Seconds { get; init; }

    /// <summary>All that happened in some permutation, each once.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>How many were taken.</summary>
    public int Taken => Endings.Values.Sum();

    /// <summary>What the run says of the race.</summary>
    /// <param name="seed">With which the same are drawn again.</param>
    /// <param name="most">How many there are at the most, for those that nobody has counted.</param>
    public string Words(int seed, BigInteger most) => string.Create(CultureInfo.InvariantCulture,
        $"{(Taken > Of ? $"{Of} of its permutations, {Taken / Of} times" : $"{Taken} of {Of ?? most} permutations")}"
            + $"{(Saved > 0 ? $" ({Saved} others cannot differ)" : "")}{(Taken >= Of ? "" : $", seed {seed}")}, "
            + $"{Taken / Seconds:0.0} a second: {AnomalyMatrix.CellOf([this])}");
}

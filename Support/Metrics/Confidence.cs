using System.Globalization;

namespace Specs.Support.Metrics;

/// <summary>What a number of repetitions proves, in plain words.</summary>
public static class Confidence
{
    private const double Z = 1.96;      // the middle 95 % of a normal distribution

    /// <summary>
    /// The share of runs that may fail at the most: exact for no failure (whence the rule of three: about 3 of n), else
    /// the upper end of Wilson's score interval.
    /// </summary>
    /// <param name="runs">How many there were, at least 1.</param>
    /// <param name="failed">How many of them failed.</param>
    /// <returns>From 0 to 1.</returns>
    public static double MostFailing(int runs, int failed)
    {
        if (failed == 0)
        {
            return 1 - Math.Pow(0.05, 1.0 / runs);
        }

        double n = runs, p = failed / n;
        return (p + (Z * Z / (2 * n)) + (Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))))) / (1 + (Z * Z / n));
    }

    /// <summary>The same as a sentence.</summary>
    public static string Sentence(int runs, int failed) => runs == 0 ? "it never ran, so nothing is known"
        : string.Create(CultureInfo.InvariantCulture,
            $"{failed} of {runs} failed; with 95 % confidence fewer than {100 * MostFailing(runs, failed):0.#} of 100 "
                + $"runs fail");
}

using Specs.Support.Fleet;

namespace Specs.Support.Metrics;

/// <summary>Between which values a figure lies, as far as one can tell.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether no value can lie in both.</summary>
    public bool IsApartFrom(Interval other) => High < other.Low || other.High < Low;
}

/// <summary>
/// How much a figure would differ by chance: the percentile bootstrap (Efron). Values are drawn anew from those that
/// were measured, with replacement, many times; the middle 95 % of the figures that come out are its interval.
/// </summary>
public static class Bootstrap
{
    private const int Windows = 20;
    private const int Draws = 200;

    /// <summary>The interval of a figure of a workload: whole windows of its time are drawn, because neighbours in time
    /// are alike.</summary>
    /// <param name="history">What ran.</param>
    /// <param name="figure">The figure of some windows.</param>
    /// <returns>Not-a-number where nothing ran.</returns>
    public static Interval Of(History history, Func<IReadOnlyList<Window>, double> figure) =>
        Of(Window.Cut(history, Windows), figure);

    /// <summary>The interval of a figure of some values.</summary>
    /// <param name="measured">The values.</param>
    /// <param name="figure">For example their median.</param>
    /// <returns>Not-a-number where there is no value.</returns>
    public static Interval Of<T>(IReadOnlyList<T> measured, Func<IReadOnlyList<T>, double> figure)
    {
        if (measured.Count == 0)
        {
            return new Interval(double.NaN, double.NaN);
        }

        // The same draws each time: a comparison of the same files has to end the same.
#pragma warning disable CA5394 // nothing here is a secret
        var random = new Random(17);
        var figures = Enumerable.Range(0, Draws)
            .Select(_ => figure([.. measured.Select(_ => measured[random.Next(measured.Count)])]))
            .Where(double.IsFinite).Order().ToList();
#pragma warning restore CA5394
        return new Interval(WorkloadMetrics.Percentile(figures, 2.5), WorkloadMetrics.Percentile(figures, 97.5));
    }

    /// <summary>Committed transactions a second.</summary>
    public static double OpsPerSec(IReadOnlyList<Window> windows) =>
        windows.Sum(w => w.Latencies.Count) / windows.Sum(w => w.Seconds);

    /// <summary>The latency that so many percent do not exceed, in milliseconds.</summary>
    public static Func<IReadOnlyList<Window>, double> Latency(double percent) =>
        windows => WorkloadMetrics.Percentile([.. windows.SelectMany(w => w.Latencies).Order()], percent);
}

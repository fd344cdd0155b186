using System.Globalization;
using Specs.Support.Fleet;
using Specs.Support.Metrics;

namespace Specs.StepDefinitions.Suite;

/// <summary>Figures that were written by hand.</summary>
internal static class HandmadeFigures
{
    private static readonly LoadResult Nothing = new([], TimeSpan.FromSeconds(1), new History([]));

    /// <summary>A workload of a thousand transactions.</summary>
    /// <param name="name">The scenario.</param>
    /// <param name="sessions">How many sessions.</param>
    /// <param name="median">The median latency, in milliseconds.</param>
    /// <param name="low">The lower end of its interval.</param>
    /// <param name="high">The upper end.</param>
    internal static WorkloadMetrics Row(string name, int sessions, double median, double low, double high) =>
        WorkloadMetrics.Of(Nothing, new Setting(name, 1, "direct", "", 1, null, "by hand", "", 1), 0) with
        {
            Connections = sessions,
            Ok = 1000,
            OpsPerSecLow = 1,
            OpsPerSecHigh = 1,
            P50LatencyMs = median,
            P50LatencyLowMs = low,
            P50LatencyHighMs = high,
        };

    /// <summary>A list such as "1, 2 and 3".</summary>
    internal static IEnumerable<double> Numbers(string list) =>
        list.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ").Select(Number);

    /// <summary>A number as features write it.</summary>
    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

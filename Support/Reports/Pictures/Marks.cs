using System.Diagnostics;
using System.Globalization;
using Specs.Support.Contracts;
using Specs.Support.Fleet;

namespace Specs.Support.Reports.Pictures;

/// <summary>What was made to go wrong during a load: where pictures mark it, and the same as a table.</summary>
internal static class Marks
{
    /// <summary>When a fault was injected, in seconds from the load's first operation.</summary>
    internal static double Seconds(LoadResult load, Injection fault) =>
        Stopwatch.GetElapsedTime(load.History.Operations[0].Start, fault.Start).TotalSeconds;

    /// <summary>All faults of a load, in the order of time.</summary>
    internal static EvidenceTable TableOf(LoadResult load) =>
        new(
            "Each fault that was injected",
            ["at s", "fault", "session", "transactions under way", "inside a flush"],
            [
                .. load.Injections.Select(f => new[]
                {
                    Seconds(load, f).ToString("0.00", CultureInfo.InvariantCulture),
                    f.Fault,
                    f.Session?.ToString(CultureInfo.InvariantCulture) ?? "all",
                    f.UnderWay.ToString(CultureInfo.InvariantCulture),
                    f.InFlush ? "yes" : "",
                }),
            ]
        );
}

using System.Diagnostics;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Hosts;

namespace Specs.Support.Faults;

/// <summary>The disk has no room for a while: every statement that needs some is refused.</summary>
/// <param name="disk">The disk of the sessions' database.</param>
internal sealed class DiskFull(SmallDisk? disk) : IFault
{
    internal const string Sql = "dd if=/dev/zero of=(the tablespace's disk)";

    public IReadOnlyCollection<string> Errors => [PostgresErrorCodes.DiskFull];

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        var full = disk ?? throw new InvalidOperationException("The scenario's database lies on no small disk.");
        var start = Stopwatch.GetTimestamp();
        var before = target.Sessions.Select(s => s.Operations.Count).ToList();
        await full.FillAsync();
        // A table that was made longer while many waited for that has room for two thousand rows. It is not waited for
        // each session: one that has failed may not be able to connect again before there is room.
        await Poll.UntilAsync(() => Task.FromResult(HasShown(target, before)), TimeSpan.MaxValue, cancel);
        await full.EmptyAsync();
        return new("", start, Stopwatch.GetTimestamp(), null, target.Sessions.Count, false);
    }

    // A quarter of the sessions had a transaction that failed, or they have ended so many that none will.
    private static bool HasShown(FaultTarget target, List<int> before) =>
        4 * target.Sessions.Where((s, i) => s.Operations.Skip(before[i]).Any(o => o.Outcome != Outcome.Ok)).Count()
            >= target.Sessions.Count
        || target.Sessions.Select((s, i) => s.Operations.Count - before[i]).Sum() >= 60 * target.Sessions.Count;
}

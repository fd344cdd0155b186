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
        await full.FillAsync();
        var before = target.Sessions.Select(s => s.Operations.Count).ToList();
        // A table that was made longer while many waited for that has room for two thousand rows.
        for (var i = 0; i < 12 && 4 * Failed(target, before) < target.Sessions.Count; i++)
        {
            await target.ProgressAsync(5, cancel);
        }

        await full.EmptyAsync();
        return new("", start, Stopwatch.GetTimestamp(), null, target.Sessions.Count, false);
    }

    private static int Failed(FaultTarget target, List<int> before) => target.Sessions
        .Where((s, i) => s.Operations.Skip(before[i]).Any(o => o.Outcome != Outcome.Ok))
        .Count();
}

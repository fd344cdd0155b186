using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>A client gives up what it waits for: its driver sends the server a cancel request.</summary>
internal sealed class ClientCancels : IFault
{
    public IReadOnlyCollection<string> Errors => ["57014"];

    public bool InFlush => true;

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        var (session, held) = await target.Flush.HoldAsync("", cancel);
        var start = Stopwatch.GetTimestamp();
        await session.CancelAsync();
        return new("", start, Stopwatch.GetTimestamp(), session.Number, held ? 1 : 0, held);
    }
}

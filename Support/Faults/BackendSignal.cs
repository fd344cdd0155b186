using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>A signal to the server process of one session.</summary>
internal static class BackendSignal
{
    internal static async Task<Injection> SendAsync(
        string function,
        bool inFlush,
        FaultTarget target,
        CancellationToken cancel
    )
    {
        var (only, held) = inFlush ? await target.Flush.HoldAsync("", cancel) : ((Session?)null, false);
        long start;
        Session? session;
        do
        {
            // Where nobody is in the middle of a statement just now, somebody will be in a moment.
            start = Stopwatch.GetTimestamp();
            session = await target.SignalAsync(function, only, cancel);
        }
        while (session is null && only is null);
        return new("", start, Stopwatch.GetTimestamp(), session?.Number ?? 0, session is null ? 0 : 1, held);
    }
}

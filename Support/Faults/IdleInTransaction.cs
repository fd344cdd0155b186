using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>A client writes something, and then nothing more for longer than the server allows.</summary>
internal sealed class IdleInTransaction : IFault
{
    internal const string Sql = "SET LOCAL idle_in_transaction_session_timeout = '50ms'";

    public IReadOnlyCollection<string> Errors => ["25P03"];

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        var (start, underWay) = (0L, 0L);
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = await target.Flush.TakeAsync("SELECT", async (victim, stop) =>
        {
            try
            {
                start = Stopwatch.GetTimestamp();
                underWay = await target.HasWrittenAsync(victim, stop) ? 1 : 0;
                await victim.ExecuteOnceAsync(Sql, stop);       // not before: it must be idle here, not on its way
                await target.WaitForEndAsync(victim, stop);
            }
            finally
            {
                idle.SetResult();
            }
        }, cancel);
        await idle.Task.WaitAsync(cancel);
        return new("", start, Stopwatch.GetTimestamp(), session.Number, underWay, false);
    }
}

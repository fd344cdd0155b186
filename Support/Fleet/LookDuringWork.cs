using System.Diagnostics;

namespace Specs.Support.Fleet;

/// <summary>
/// Lets the last transaction of a load begin only once an audit lies within the work: begun after a transaction had
/// ended, and ended. A load of some milliseconds would else be over before anybody has looked.
/// </summary>
/// <param name="transactions">How many the load has; no more than 0 where it ends otherwise.</param>
/// <param name="audited">Whether there is an auditor.</param>
internal sealed class LookDuringWork(int transactions, bool audited)
{
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = audited && transactions > 1 ? transactions : 0;
    private volatile bool _workEnded;

    /// <summary>To be awaited before each transaction of the work.</summary>
    /// <param name="cancel">Stops waiting.</param>
    internal Task BeforeWorkAsync(CancellationToken cancel) =>
        Interlocked.Decrement(ref _left) == 0
            ? _looked.Task.WaitAsync(cancel)
            : Task.CompletedTask;

    /// <summary>Whether there was such an audit, or nobody is there to look.</summary>
    internal bool HasLooked => !audited || _looked.Task.IsCompleted;

    /// <summary>A transaction of the work has ended.</summary>
    internal void AfterWork() => _workEnded = true;

    /// <summary>Somebody cannot look any more, and must not be waited for.</summary>
    internal void NobodyLooks() => _looked.TrySetResult();

    /// <summary>
    /// Runs an audit, and rests as long as it took: else it keeps a processor busy that the sessions work on.
    /// </summary>
    /// <param name="audit">The audit; returns whether its session can go on.</param>
    /// <param name="done">Ends the rest: the work is over.</param>
    /// <returns>What the audit returns; after false there was no rest.</returns>
    internal async Task<bool> LookAsync(Func<Task<bool>> audit, CancellationToken done)
    {
        var (isWithin, began) = (_workEnded, Stopwatch.GetTimestamp());
        if (!await audit())
        {
            return false;
        }

        if (isWithin)
        {
            _looked.TrySetResult();
        }

        // By the clock: it is a share of the processor, and there is no event to wait for.
        await Task.Delay(Stopwatch.GetElapsedTime(began), done)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }
}

using System.Diagnostics;

namespace Specs.Support.Fleet;

/// <summary>
/// When transactions begin where a rate was asked for: evenly spaced, the sessions taking turns, whether those before
/// have ended or not. A session that is late does not wait, so the rate is kept as long as the server can.
/// </summary>
/// <param name="PerSecond">How many begin each second.</param>
/// <param name="Sessions">How many sessions take turns.</param>
/// <param name="Began">The common start, in ticks of <see cref="Stopwatch"/>.</param>
public sealed record ArrivalSchedule(int PerSecond, int Sessions, long Began)
{
    /// <summary>When a transaction is due, in the same ticks.</summary>
    /// <param name="session">Its session's number, from 1.</param>
    /// <param name="iteration">Its number within the session, from 1.</param>
    public long Due(int session, int iteration) =>
        Began + (((((iteration - 1L) * Sessions) + session - 1) * Stopwatch.Frequency) / PerSecond);

    /// <summary>Waits until a transaction is due.</summary>
    /// <returns>When it was due; the timer may be late by some milliseconds, and that counts as latency.</returns>
    internal async Task<long?> WaitAsync(int session, int iteration, CancellationToken cancel)
    {
        var due = Due(session, iteration);
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancel);
        }

        return due;
    }
}

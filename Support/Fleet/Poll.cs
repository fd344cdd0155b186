using System.Diagnostics;

namespace Specs.Support.Fleet;

/// <summary>
/// Waits for what the server, or a pooler, does without telling anybody: there is no event, so ask, often.
/// </summary>
public static class Poll
{
    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="isSo">The question.</param>
    /// <param name="limit">How long to ask, at the most.</param>
    /// <param name="cancel">Stops asking.</param>
    /// <returns>Whether the answer was yes in time.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo, TimeSpan limit, CancellationToken cancel = default)
    {
        for (var began = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(5, cancel))
        {
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                return false;
            }
        }

        return true;
    }
}

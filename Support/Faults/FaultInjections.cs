using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>Injects a fault again and again while sessions work, and notes what it did (Jepsen: a nemesis).</summary>
/// <param name="words">The fault, as features say it.</param>
/// <param name="fault">The fault.</param>
/// <param name="times">How often.</param>
/// <param name="every">How long it rests before each; null where it waits until each session has ended two
/// transactions more.</param>
/// <param name="target">To whom.</param>
public sealed class FaultInjections(string words, IFault fault, int times, TimeSpan? every, FaultTarget target)
{
    private readonly List<Injection> _done = [];

    /// <summary>What was done.</summary>
    public IReadOnlyList<Injection> Done => _done;

    /// <summary>The fault.</summary>
    public IFault Fault => fault;

    /// <summary>What sessions are told of it.</summary>
    public Disturbance Disturbance => new(RunAsync, fault.SessionsConnectAgain);

    private async Task RunAsync(CancellationToken cancel)
    {
        if (fault.InFlush)
        {
            await target.Flush.CloseAsync();
        }

        for (var left = times; left > 0; left = times - _done.Count(i => i.Hit))
        {
            var round = new List<(Injection Injection, Task<bool> Hit)>();
            while (round.Count < left)
            {
                await (every is { } pause ? Task.Delay(pause, cancel) : target.ProgressAsync(2, cancel));
                var injection = await fault.InjectAsync(target, cancel) with { Fault = words };
                round.Add((injection, fault.HasHitAsync(injection, target, cancel)));
            }

            foreach (var (injection, hit) in round)
            {
                _done.Add(injection with { Hit = await hit });
            }
        }

        if (fault.SessionsConnectAgain)
        {
            // One may have begun before the last fault, and the next one meet the connection that it broke.
            await target.ProgressAsync(3, cancel);
        }
    }
}

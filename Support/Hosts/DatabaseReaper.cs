using System.Collections.Concurrent;

namespace Specs.Support.Hosts;

/// <summary>Databases that nobody needs any more: they are dropped while the run goes on.</summary>
/// <param name="drop">Drops one.</param>
internal sealed class DatabaseReaper(Func<string, Task> drop)
{
    private const int DroppedAtOnce = ServerSettings.ForMaintenance / 2;

    private readonly ConcurrentQueue<string> _names = [];
    private Task _dropping = Task.CompletedTask;
    private bool _ending;

    /// <summary>One more of them.</summary>
    internal void Add(string name)
    {
        _names.Enqueue(name);
        lock (_names)
        {
            if (_dropping.IsCompleted)
            {
                _dropping = Task.Run(DropAsync);
            }
        }
    }

    /// <summary>Waits for those that are being dropped.</summary>
    internal Task WaitAsync() => _dropping;

    /// <summary>Waits for those that are being dropped, and begins with no other.</summary>
    internal Task EndAsync()
    {
        _ending = true;
        return _dropping;
    }

    // Several at once: each drop waits for a checkpoint, and one checkpoint does for all that wait. What cannot be
    // dropped now, because a scenario kills the server, goes with the rest at the end of the run.
    private async Task DropAsync()
    {
        while (!_names.IsEmpty && !_ending)
        {
            var batch = new List<string>();
            while (batch.Count < DroppedAtOnce && _names.TryDequeue(out var name))
            {
                batch.Add(name);
            }

            await Task.WhenAll(batch.Select(name => Databases.IgnoreLossAsync(drop(name))));
        }
    }
}

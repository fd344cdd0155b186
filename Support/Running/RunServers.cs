namespace Specs.Support.Running;

/// <summary>
/// The servers of a run. Features that are under way at once have one each, so what happens to a server, and what is
/// read of it, is the doing of one scenario; another is started when the first feature asks for it.
/// </summary>
/// <param name="first">The run with its first server.</param>
public sealed class RunServers(Run first) : IAsyncDisposable
{
    // Closed by a feature that is alone, from when it waits for the others until it ends.
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Run> _free = [first];
    private readonly List<Run> _others = [];
    private int _busy;
    private TaskCompletionSource? _quiet;

    /// <summary>The run with its first server.</summary>
    public Run First { get; } = first;

    /// <summary>Gives a feature a server that nobody else uses.</summary>
    /// <param name="alone">Whether nothing else may be under way meanwhile: its checks look at times, or at what is
    /// the whole machine's.</param>
    /// <exception cref="Configuration.UserError">Another server was needed and did not start.</exception>
    internal async Task<Run> TakeAsync(bool alone)
    {
        await _door.WaitAsync();
        try
        {
            await (alone ? WhenQuietAsync() : Task.CompletedTask);
            return Free() ?? await StartAsync();
        }
        finally
        {
            if (!alone)
            {
                _door.Release();
            }
        }
    }

    /// <summary>The feature has ended.</summary>
    /// <param name="run">Its server.</param>
    /// <param name="alone">Whether it was alone.</param>
    internal void GiveBack(Run run, bool alone)
    {
        lock (_lock)
        {
            _busy--;
            _free.Insert(0, run);       // the first one again, as long as one is enough
            if (_busy == 0)
            {
                _quiet?.SetResult();
                _quiet = null;
            }
        }

        if (alone)
        {
            _door.Release();
        }
    }

    private Run? Free()
    {
        lock (_lock)
        {
            if (_free.FirstOrDefault() is not { } run)
            {
                return null;
            }

            _free.Remove(run);
            _busy++;
            return run;
        }
    }

    private async Task<Run> StartAsync()
    {
        var run = await First.BesideAsync();
        lock (_lock)
        {
            _others.Add(run);
            _busy++;
        }

        return run;
    }

    private Task WhenQuietAsync()
    {
        lock (_lock)
        {
            return _busy == 0 ? Task.CompletedTask : (_quiet = new()).Task;
        }
    }

    /// <summary>Stops all servers and ends the run.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeServerAsync();
        }

        await First.DisposeAsync();
    }
}

using System.Collections.Concurrent;

namespace Specs.Support.Running;

/// <summary>
/// The servers of a run. Features that are under way at once have one each, so what happens to a server, and what is
/// read of it, is the doing of one scenario; another is started when a feature finds none that is free.
/// </summary>
/// <param name="first">The run with its first server.</param>
public sealed class RunServers(Run first) : IAsyncDisposable
{
    private readonly ConcurrentStack<Run> _free = new([first]);
    private readonly ConcurrentBag<Run> _others = [];

    /// <summary>The run with its first server.</summary>
    public Run First { get; } = first;

    /// <summary>Gives a feature a server that nobody else uses.</summary>
    /// <exception cref="Configuration.UserError">Another one was needed and did not start.</exception>
    internal async Task<Run> TakeAsync()
    {
        if (_free.TryPop(out var run))
        {
            return run;
        }

        var other = await First.BesideAsync();
        _others.Add(other);
        First.Report.Say($"beside   {other.Host.Name}");
        return other;
    }

    /// <summary>The feature has ended.</summary>
    /// <param name="run">The run with its server.</param>
    internal void GiveBack(Run run) => _free.Push(run);

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

using Npgsql;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// A random schema whose races are played while the next one is drawn. It holds its database until it is disposed.
/// </summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Parts">Of what it is made.</param>
/// <param name="Candidates">The statements that its races are made of.</param>
/// <param name="Coverage">What the races cover.</param>
/// <param name="Pooled">Whether the sessions connect through a pooler.</param>
/// <param name="Races">How many races it has.</param>
/// <param name="Explorer">Takes their permutations.</param>
/// <param name="Play">Does so.</param>
/// <param name="Owned">What is given up afterwards, its database too.</param>
internal sealed record SearchedSchema(
    int Seed,
    SchemaParts Parts,
    IReadOnlyList<Candidate> Candidates,
    EffectCoverage Coverage,
    bool Pooled,
    int Races,
    Explorer Explorer,
    Func<Task<IReadOnlyList<JudgedTrace>>> Play,
    IReadOnlyList<IAsyncDisposable> Owned
) : IAsyncDisposable
{
    // Task.Run: it goes on while the next one is drawn.
    private Task<IReadOnlyList<JudgedTrace>> _plays = Task.Run(Play);

    internal bool IsPlayed => _plays.IsCompleted;

    /// <summary>The permutations, as they were judged.</summary>
    internal async Task<IReadOnlyList<JudgedTrace>> PlaysAsync() => [.. (await _plays).Select(p => p.OnlyOwed)];

    /// <summary>Waits until nothing of it is played any more, however that ended.</summary>
    internal Task EndAsync() => _plays.ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Whether the server crashed, or may have, while they were taken.</summary>
    internal async Task<bool> MayHaveCrashedAsync()
    {
        try
        {
            return (await _plays).Any(Explorer.MayHaveCrashed);
        }
        catch (NpgsqlException e) when (ScheduleRunner.IsLoss(e))
        {
            return true;
        }
    }

    /// <summary>Takes all of them again, while nobody else takes any.</summary>
    internal async Task PlayAgainAsync()
    {
        await Explorer.ForgetCrashAsync();
        var plays = await Play();
        _plays = Task.FromResult(plays);
    }

    /// <summary>Waits for what is played, and gives up what it holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var thing in Owned)
        {
            await thing.DisposeAsync();
        }
    }
}

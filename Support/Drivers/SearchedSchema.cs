using Npgsql;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// A random schema whose races are played while the next one is drawn. It holds its database until it is disposed.
/// </summary>
/// <param name="seed">Its seed.</param>
/// <param name="parts">Of what it is made.</param>
/// <param name="candidates">The statements that its races are made of.</param>
/// <param name="coverage">What the races cover.</param>
/// <param name="pooled">Whether the sessions connect through a pooler.</param>
/// <param name="races">How many races it has.</param>
/// <param name="explorer">Takes their permutations.</param>
/// <param name="play">Does so.</param>
/// <param name="owned">What is given up afterwards.</param>
/// <param name="discard">Discards its database.</param>
internal sealed class SearchedSchema(
    int seed,
    SchemaParts parts,
    IReadOnlyList<Candidate> candidates,
    EffectCoverage coverage,
    bool pooled,
    int races,
    Explorer explorer,
    Func<Task<IReadOnlyList<JudgedTrace>>> play,
    IReadOnlyList<IAsyncDisposable> owned,
    Action discard
) : IAsyncDisposable
{
    // Task.Run: it goes on while the next one is drawn.
    private Task<IReadOnlyList<JudgedTrace>> _plays = Task.Run(play);

    internal int Seed => seed;

    internal SchemaParts Parts => parts;

    internal IReadOnlyList<Candidate> Candidates => candidates;

    internal EffectCoverage Coverage => coverage;

    internal bool Pooled => pooled;

    internal int Races => races;

    internal Explorer Explorer => explorer;

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
        await explorer.ForgetCrashAsync();
        var plays = await play();
        _plays = Task.FromResult(plays);
    }

    /// <summary>Waits for what is played, and gives up what it holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var thing in owned)
        {
            await thing.DisposeAsync();
        }

        discard();
    }
}

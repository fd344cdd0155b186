using System.Diagnostics;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Drivers;

/// <summary>
/// The random schemas of a run: the next seed's in a fresh database, until there were as many as asked for or, where
/// SPECS_STRESS_SECONDS says for how long, until that is over. Loads and permutations take them from here.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="database">The scenario's database.</param>
/// <param name="schema">Makes each schema.</param>
/// <param name="cleanUp">Gives the former schema's database back.</param>
public sealed class RandomSchemas(Run run, ScenarioDatabase database, SchemaDriver schema, CleanUp cleanUp)
{
    // An engine that refuses so many, one after the other, takes hardly any, and its profile should say which.
    private const int MostRefused = 50;

    private readonly Stopwatch _clock = new();
    private readonly Dictionary<string, (int Times, int Seed)> _refused = [];
    private int _since;

    /// <summary>How many the engine took.</summary>
    public int Taken { get; private set; }

    /// <summary>A user's own tables, which take the place of drawn ones; null where there are none.</summary>
    internal LoadedSchema? Own { get; set; }

    /// <summary>How long it has been.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>How many the engine refused, and what a user's own tables refused, for which reason.</summary>
    public IEnumerable<string> Refused =>
        _refused.Select(r => $"  {r.Value.Times} schemas were refused at creation (the first of seed {r.Value.Seed}), "
            + r.Key).Concat(run.Own is null && Own is { } own ? own.Exercise.Told() : []);

    /// <summary>Notes what a load has shown of a user's own TVIEWs.</summary>
    /// <param name="history">Its history, with the audits of each TVIEW.</param>
    /// <param name="results">What was concluded.</param>
    internal void NoteLoad(History history, IReadOnlyList<CheckResult> results)
    {
        var audited = history.Audits.Where(a => a.Outcome == Outcome.Ok && a.Session <= (Own?.Tviews.Count ?? 0));
        Own?.Exercise.NoteJudged(0, history.Work.Count(o => o.Outcome == Outcome.Ok),
            audited.Select(a => Own.Tviews[a.Session - 1].Name));
        NoteDiffers(results);
    }

    /// <summary>Notes which of a user's own TVIEWs conclusions are about.</summary>
    /// <param name="results">The conclusions.</param>
    /// <param name="folder">Where scripts are that show them, from the run's folder; null where none is.</param>
    internal void NoteDiffers(IReadOnlyList<CheckResult> results, string? folder = null)
    {
        foreach (var result in results.Where(r => r.Verdict != Verdict.Pass))
        {
            foreach (var tview in Audit.DifferingRows(string.Join('\n', result.Findings)).Select(d => d.Item1)
                .Distinct().DefaultIfEmpty(""))
            {
                Own?.Exercise.NoteFinding(tview,
                    new($"{result.Title}: {result.Verdict.ToString().ToUpperInvariant()}", folder));
            }
        }
    }

    /// <summary>Makes one after the other; whoever has found something takes no more.</summary>
    /// <param name="size">How large they are.</param>
    /// <param name="schemas">How many, where no time is set.</param>
    internal async IAsyncEnumerable<WorkloadSchema> MakeAsync(SchemaSize size, int schemas)
    {
        _clock.Restart();
        bool GoesOn() => run.Options.StressSeconds is { } seconds
            ? Taken == 0 || _clock.Elapsed < TimeSpan.FromSeconds(seconds)
            : Taken < schemas;
        for (var n = 0; GoesOn(); n++)
        {
            run.RequireToGoOn();
            if (n > 0)
            {
                await RenewAsync();
            }

            var seed = (int)((run.Seed + (long)n) % int.MaxValue);
            WorkloadSchema drawn = Own is { } own ? new OwnSchema(own, seed)
                : RandomSchema.Of(seed, run.Engine.Profile, size);
            if (await IsTakenAsync(drawn))
            {
                Taken++;
                yield return drawn;
            }
        }
    }

    /// <summary>Gives up what the scenario holds, its database too, and makes a fresh one.</summary>
    internal async Task RenewAsync()
    {
        run.RequireToGoOn();
        await cleanUp.DisposeAsync();
        await database.CreateAsync();
    }

    // An engine may refuse a query for more than its form; then the next schema is as good, and the reason is told.
    private async Task<bool> IsTakenAsync(WorkloadSchema drawn)
    {
        try
        {
            await schema.CreateAsync(drawn.Schema);
            _since = 0;
            return true;
        }
        catch (PostgresException e) when (run.Engine.Profile.Errors.Form.Contains(e.SqlState) && ++_since < MostRefused)
        {
            var why = $"{e.SqlState}: {e.MessageText}";
            var former = _refused.GetValueOrDefault(why, (0, drawn.Seed));
            _refused[why] = (former.Item1 + 1, former.Item2);
            return false;
        }
    }
}

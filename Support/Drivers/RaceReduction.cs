using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>
/// Makes a finding small: sessions and steps first, then TVIEWs, tables, rows, constraints, filters and columns. What
/// is left is needed, each part for itself.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="world">The scenario.</param>
/// <param name="schemas">Makes its database anew for each smaller schema.</param>
/// <param name="schema">Makes the schema.</param>
/// <param name="arenas">Prepares it for permutations.</param>
/// <param name="known">Knows what is documented of the engine.</param>
/// <param name="measurements">What was concluded.</param>
public sealed class RaceReduction(
    Run run,
    World world,
    RandomSchemas schemas,
    SchemaDriver schema,
    Arenas arenas,
    KnownFindings known,
    Measurements measurements
)
{
    /// <summary>What is wrong in a permutation: the first conclusion that is not good, or an error that nobody
    /// declared; null where there is none.</summary>
    /// <param name="play">The permutation.</param>
    /// <param name="on">The tables and TVIEWs on which it was taken.</param>
    internal CheckResult? BrokenIn(JudgedTrace play, Schema on) =>
        play.OnlyOwed.Results.FirstOrDefault(r => r.Verdict != Verdict.Pass)
        ?? (
            play.Trace.Refused.FirstOrDefault(s => !IsDeclared(s, on)) is { } refused
                ? new(
                    Contract.Live,
                    $"only declared errors, not {refused.SqlState}",
                    Verdict.Fail,
                    [$"session {refused.Step.Session}, when it {refused.Step.Words}, failed with "
                        + $"{refused.SqlState}: {refused.Message}"]
                )
                : null
        );

    // What users bring upon themselves, on a base table only; and rows or tables that others keep busy.
    private bool IsDeclared(TracedStep step, Schema on) =>
        run.Engine.Profile.Retryable.Contains(step.SqlState)
        || RandomTransactions.GaveUpWaiting(step.SqlState)
        || (step.SqlState == PostgresErrorCodes.DivisionByZero && on.Tviews.Any(t => t.CanFail))
        || (
            step.Step.Command.Defines
            && run.Engine.Profile.Errors is var errors
            && errors.Ddl.Concat(errors.Form).Contains(step.SqlState)
        )
        || on.Refusals.Include(step.SqlState, step.Table);

    /// <summary>Reduces a finding.</summary>
    /// <param name="parts">The schema on which it was found.</param>
    /// <param name="found">The permutation in which it shows.</param>
    /// <param name="explorer">Takes permutations on that schema.</param>
    /// <param name="pooled">Whether its sessions connect through a pooler.</param>
    internal async Task<RaceFinding> ReduceAsync(
        SchemaParts parts,
        JudgedTrace found,
        Explorer explorer,
        bool pooled = false
    )
    {
        var began = Stopwatch.GetTimestamp();
        var (play, result) = (found, BrokenIn(found, explorer.Schema)!);
        bool IsIt(JudgedTrace other)
        {
            run.RequireToGoOn();
            var now = BrokenIn(other, explorer.Schema);
            var still =
                now?.Contract == result.Contract
                && now?.Claim == result.Claim
                && Stopwatch.GetElapsedTime(began) < Shrinker.Limit;
            (play, result) = still ? (other, now!) : (play, result);
            return still;
        }

        // In a soak it is made small once: that takes longer than to find it.
        var failedBefore = run.Report.HasFailed(world.Scenario, result.Title);
        if (play.Trace.Hangs || result.Verdict != Verdict.Fail || failedBefore)
        {
            return new(play, result, parts.Schema, pooled);
        }

        // What needs no pooler is told without one.
        if (pooled && await IsItOnAsync(parts, throughPooler: false))
        {
            pooled = false;
        }
        else if (pooled)
        {
            await RenewAsync(parts, pooled);
        }

        // What is wrong without concurrency is the simplest of all.
        var steps = StepsOf(found);
        foreach (var serial in new[] { steps.OrderBy(s => s.Session), steps.OrderByDescending(s => s.Session) })
        {
            IReadOnlyList<Step> order = [.. serial.ThenBy(s => s.Number)];
            if (Race.MakesSense(order) && IsIt(await explorer.RunAsync(order)))
            {
                break;
            }
        }

        await ShrinkAsync();
        // What could not be left out before may be so later: until none of all can.
        for (var (next, kept) = (0, 0); Stopwatch.GetElapsedTime(began) < Shrinker.Limit; next++)
        {
            var smaller = parts.Smaller().ToList();
            if (kept >= smaller.Count)
            {
                break;
            }

            var less = smaller[next % smaller.Count];
            var needed = !await IsItOnAsync(less, pooled);
            (parts, kept, next) = needed ? (parts, kept + 1, next) : (less, 0, next - 1);
        }

        // On a smaller schema fewer steps may do.
        await (await RenewAsync(parts, pooled) ? ShrinkAsync() : Task.CompletedTask);
        return new(play, result, parts.Schema, pooled);

        async Task<bool> RenewAsync(SchemaParts on, bool throughPooler)
        {
            var opened = await OpenAsync(on, throughPooler);
            explorer = opened ?? explorer;
            return opened is not null;
        }

        async Task<bool> IsItOnAsync(SchemaParts on, bool throughPooler) =>
            await RenewAsync(on, throughPooler) && IsIt(await explorer.RunAsync(StepsOf(play)));

        async Task ShrinkAsync() =>
            await Shrinker.ReduceAsync(
                StepsOf(play),
                async fewer => EndsWhatItPrepares(fewer) && IsIt(await explorer.RunAsync(fewer))
            );
    }

    /// <summary>Tells a finding as a failure, or as known.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="command">Draws it again.</param>
    /// <param name="found">By what else it was found.</param>
    [DoesNotReturn]
    internal void Throw(RaceFinding finding, string command, string found = "")
    {
        var script = Script.Of(finding.Play.Trace, "read committed", run.Engine.RefreshSql);
        run.Report.Keep(world.Scenario, RunReport.ScriptName, script + "\n");
        var setup = run.Report.Keep(world.Scenario, RunReport.SetupName,
            Script.SetupSql(run.Engine, finding.Schema, finding.Play.Trace.Asked));
        var feature = run.Report.Keep(world.Scenario, "finding.feature", finding.Feature);
        schemas.NoteDiffers([finding.Result],
            Path.GetRelativePath(run.Report.Folder, Path.GetDirectoryName(setup)!));
        measurements.Judge([finding.Result]);
        known.Throw(new BrokenContractException([finding.Result], run.Seed,
            $"\n{finding.Title}\n\n{Script.TablesSql(run.Engine, finding.Schema)}\n{script}\n\n"
                + $"With the engine, for psql: {setup}\nFor Features/Races: {feature}\nTo have it again: {command}\n"
                + found));
        throw new UnreachableException();
    }

    // Else somebody waits for ever, and that is another finding.
    private static bool EndsWhatItPrepares(IReadOnlyList<Step> steps) =>
        steps.All(s => !s.Command.Prepares || steps.Any(e => e.Command.Of == s.Session));

    private static List<Step> StepsOf(JudgedTrace play) => [.. play.Trace.Asked];

    /// <summary>Makes a schema in a fresh database, for permutations over it.</summary>
    /// <param name="parts">The schema.</param>
    /// <param name="pooled">Whether sessions connect through a pooler.</param>
    /// <returns>Null where its parts do not go together.</returns>
    internal async Task<Explorer?> OpenAsync(SchemaParts parts, bool pooled = false)
    {
        await schemas.RenewAsync();
        try
        {
            await schema.CreateAsync(parts.Schema);
        }
        catch (Exception e) when (e is PostgresException or Xunit.SkipException)
        {
            return null;
        }

        return await arenas.ExploreAsync(pooled);
    }
}

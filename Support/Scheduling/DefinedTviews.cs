using Npgsql;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>Which TVIEWs there are after a permutation that created or dropped some.</summary>
internal static class DefinedTviews
{
    /// <summary>
    /// One that a step has dropped need not be there; one that a step has created is judged as well, by the query with
    /// which it was created last.
    /// </summary>
    /// <param name="trace">The permutation.</param>
    /// <param name="connection">An open connection to its database.</param>
    /// <param name="arena">Where it was taken.</param>
    internal static async Task<IReadOnlyList<Tview>> TviewsThereAsync(
        this Trace trace,
        NpgsqlConnection connection,
        ExplorationContext arena
    )
    {
        var done = trace.Steps.Where(trace.Holds).Select(s => s.Step.Command).ToList();
        var there = arena.Schema.Tviews.Where(t => !done.Exists(c => c.Drops == t.Name)).ToList();
        var created = done.Where(c => c.Creates is not null).Select(c => arena.Engine.FormOf(c.Creates!));
        foreach (var tview in arena.Schema.Tviews.Except(there).Concat(created.TakeLast(1)))
        {
            await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection)
            {
                Parameters = { new() { Value = tview.Name } },
            };
            if ((bool)(await command.ExecuteScalarAsync())!)
            {
                there.Add(tview);
            }
        }

        return there;
    }

    // Whether it succeeded, and its transaction too.
    private static bool Holds(this Trace trace, TracedStep step)
    {
        var own = trace.Steps.Where(s => s.Step.Session == step.Step.Session).ToList();
        var begin = own.FindLastIndex(s => s.Step.Command.Kind == StepKind.Begin && s.Place < step.Place);
        var end = own.FindIndex(Math.Max(begin, 0), s => s.Step.Command.Kind == StepKind.End);
        var isAlone = begin < 0 || (end >= 0 && own[end].Place < step.Place);
        var transaction = isAlone ? [step] : own[begin..(end < 0 ? own.Count : end + 1)];
        var ends = transaction.Where(s => s.Step.Command.Kind == StepKind.End)
            .Concat(trace.Steps.Where(s => s.Step.Command.Of == step.Step.Session));
        return transaction.All(s => s.SqlState is null && !s.LeftOut)
            && !ends.Any(s => s.Step.Command.Sql[^1].StartsWith("ROLLBACK", StringComparison.Ordinal));
    }
}

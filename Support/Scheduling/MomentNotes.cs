using System.Data;
using Npgsql;
using Specs.Support.Contracts;
using Specs.Support.Engines;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Scheduling;

/// <summary>
/// Notes what each TVIEW holds and what its query gives whenever the steps of a permutation have settled, of both in
/// one snapshot. So of an engine that refreshes later every moment is known that a TVIEW can show.
/// </summary>
/// <param name="controller">A direct connection to the database, the explorer's own.</param>
/// <param name="schema">The TVIEWs.</param>
/// <param name="engine">The engine, which refreshes later.</param>
/// <param name="steps">What the sessions will do.</param>
internal sealed class MomentNotes(
    NpgsqlConnection controller,
    Schema schema,
    TviewEngine engine,
    IReadOnlyList<Step> steps
)
{
    // A step that has not ended may hold ACCESS EXCLUSIVE on a table, and goes on only when the next step is taken.
    private const string DoNotWait = "SET LOCAL lock_timeout = '20ms'";

    private const string DataException = "22";

    private readonly List<Moment> _taken = [];
    private readonly IReadOnlyList<Tview> _tviews =
        [.. schema.Tviews.Where(t => !steps.Any(s => s.Command.Drops == t.Name))];
    private bool _refreshUnderWay = engine.RefreshSql is null;      // a worker of its own may always be at it
    private bool _refreshEnded;
    private int _othersEnded;
    private bool _between;

    /// <summary>What was noted, in the order of time.</summary>
    public IReadOnlyList<Moment> Taken => _taken;

    /// <summary>A step was begun.</summary>
    public void Begin(Step step) => _refreshUnderWay |= step.Command.Refreshes;

    /// <summary>A step has ended.</summary>
    public void End(Step step)
    {
        _refreshEnded |= step.Command.Refreshes;
        _othersEnded += step.Command.Refreshes ? 0 : 1;
    }

    /// <summary>Takes a note, unless a lock is in the way or the query itself fails.</summary>
    /// <param name="after">How many steps were taken.</param>
    public async Task TakeAsync(int after)
    {
        if (_tviews.Count == 0 || await ReadAsync() is not { } rows)
        {
            return;
        }

        _between |= _refreshUnderWay && _othersEnded > 1;
        _taken.AddRange(rows.Select(r => new Moment(after, r.Tview, r.Wanted, r.Held) { MayBeBetween = _between }));
        if (engine.Profile.Together && rows.Count > 1)
        {
            _taken.Add(
                new(
                    after,
                    string.Join(" with ", rows.Select(r => r.Tview)),
                    string.Join("\n\n", rows.Select(r => r.Wanted)),
                    string.Join("\n\n", rows.Select(r => r.Held))
                )
                {
                    MayBeBetween = _between,
                }
            );
        }

        if (_refreshEnded)
        {
            (_refreshUnderWay, _refreshEnded, _between) = (false, false, false);
        }

        _othersEnded = 0;
    }

    private async Task<List<(string Tview, string Wanted, string Held)>?> ReadAsync()
    {
        await using var snapshot = await controller.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        try
        {
            await new NpgsqlCommand(DoNotWait, controller).ExecuteNonQueryAsync();
            await using var command = new NpgsqlCommand(string.Join(" UNION ALL ", _tviews.Select(SqlOf)), controller);
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<(string, string, string)>();
            while (await reader.ReadAsync())
            {
                rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }

            return rows;
        }
        catch (PostgresException e)
            when (e.SqlState == PostgresErrorCodes.LockNotAvailable
                || e.SqlState.StartsWith(DataException, StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static string SqlOf(Tview tview) =>
        $"SELECT '{tview.Name}', {RowsOf(tview, $"({tview.Query}) q")}, {RowsOf(tview, tview.Name)}";

    private static string RowsOf(Tview tview, string source) =>
        $"(SELECT coalesce(string_agg(r::text, E'\\n' ORDER BY r::text COLLATE \"C\"), '') "
            + $"FROM (SELECT {Audit.ColumnsOf(tview)} FROM {source}) r)";
}

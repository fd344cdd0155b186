using Specs.Support.Fleet;

namespace Specs.Support.Scheduling;

/// <summary>Sends the statements of steps, each by its session.</summary>
/// <param name="sessions">A session for each letter, in the order of the letters.</param>
/// <param name="letters">The sessions' letters.</param>
/// <param name="database">The database's name.</param>
internal sealed class StepSender(IReadOnlyList<Session> sessions, IReadOnlyList<string> letters, string database)
{
    private readonly Dictionary<string, List<string>> _withTheNext = [];    // by session

    /// <summary>The session of a letter.</summary>
    internal Session SessionOf(string letter) => sessions[letters.ToList().IndexOf(letter)];

    /// <summary>Keeps the statements of a step until the next one of its session: a round trip less.</summary>
    internal void SendWithTheNext(Step step)
    {
        _withTheNext.TryAdd(step.Session, []);
        _withTheNext[step.Session].AddRange(step.Command.Sql);
    }

    /// <summary>Sends a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="failed">Whether its transaction has failed: then it takes nothing but its end.</param>
    internal async Task SendAsync(Step step, bool failed)
    {
        var session = SessionOf(step.Session);
        var before = _withTheNext.Remove(step.Session, out var sqls) ? sqls : [];
        var own = step.Command.Kind == StepKind.End && failed ? step.Command.Sql.TakeLast(1) : step.Command.Sql;
        foreach (var sql in own.Select(s => s.Replace(StepWords.Database, database, StringComparison.Ordinal)))
        {
            var signed = BlockingGraph.Signed(step.Session, sql);
            if (step.Command.Rows is { } rows && sql.StartsWith("COPY", StringComparison.Ordinal))
            {
                await session.ExecuteTogetherAsync(before, default);
                await session.CopyAsync(signed, rows, default);
            }
            else
            {
                await session.ExecuteTogetherAsync([.. before, signed], default);
            }

            before = [];
        }
    }

    /// <summary>Sends what nothing came after.</summary>
    internal async Task SendRestAsync()
    {
        foreach (var (session, sqls) in _withTheNext)
        {
            await SessionOf(session).ExecuteTogetherAsync(sqls, default);
        }
    }
}

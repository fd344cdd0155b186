using System.Globalization;
using System.Text;

namespace Specs.Support.Scheduling;

/// <summary>An order as a person can take it in psql: a column for each session, to be read downwards.</summary>
public static class Script
{
    private const int Width = 52;

    /// <summary>Writes it.</summary>
    /// <param name="playback">The order, as it was taken.</param>
    /// <param name="isolation">The level of its transactions, as SQL says it.</param>
    /// <param name="refresh">The last refresh of an engine that refreshes later; null where there is none.</param>
    public static string Of(Trace playback, string isolation, string? refresh = null)
    {
        var sessions = playback.Steps.Select(s => s.Step.Session).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"first, in each session: SET default_transaction_isolation = '{isolation}';"
        );
        foreach (var held in playback.Steps.Where(s => s.Step.Command.Held))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"and in one more session: {InjectionPoint.CloseSql(held.Step.Session)};"
            );
        }

        text.AppendLine(Row("", [.. sessions]));
        foreach (var taken in playback.Steps)
        {
            var column = sessions.IndexOf(taken.Step.Session);
            foreach (var (n, line) in LinesOf(taken).SelectMany(Wrap).Index())
            {
                text.AppendLine(
                    Row(n == 0 ? $"{taken.Place}" : "", [.. sessions.Select((_, i) => i == column ? line : "")])
                );
            }
        }

        if (refresh is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"at last, in any session: {refresh};");
        }

        return text.ToString().TrimEnd();
    }

    private static string Row(string number, IReadOnlyList<string> cells) =>
        $"{number,3}  {string.Concat(cells.Select(c => c.PadRight(Width + 2)))}".TrimEnd();

    private static IEnumerable<string> LinesOf(TracedStep taken)
    {
        var move = taken.Step.Command;
        if (taken.LeftOut)
        {
            return [$"-- {taken.Step.Words}: left out, its transaction has failed"];
        }

        var notes = new List<string>();
        if (taken.WaitedFor.Count > 0)
        {
            var until =
                taken.DoneAfter is not { } done ? ", for ever"
                : done > taken.Place ? $" until {done} is taken"
                : "";
            notes.Add($"-- (waits for {string.Join(" and ", taken.WaitedFor)}{until})");
        }

        notes.AddRange(taken.Warnings.Select(w => $"-- WARNING: {w}"));
        if (taken.SqlState is not null)
        {
            notes.Add($"-- refused with {taken.SqlState}: {taken.Message}");
        }

        return
        [
            .. move.Kind == StepKind.GoOn ? [$"-- the one more session: {InjectionPoint.OpenSql(taken.Step.Session)};"]
                : move.Sql.Select(s => s.Replace(StepWords.Database, "race", StringComparison.Ordinal) + ";"),
            .. move.Rows is { } rows ? rows.TrimEnd().Split('\n').Append(@"\.") : [], .. notes,
        ];
    }

    private static IEnumerable<string> Wrap(string line)
    {
        for (; line.Length > Width; line = "  " + line)
        {
            var at = line.LastIndexOf(' ', Width);
            at = line[..Math.Max(at, 0)].Trim().Length > 0 ? at : Width;
            yield return line[..at];
            line = line[at..].TrimStart();
        }

        yield return line;
    }
}

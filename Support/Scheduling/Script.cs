using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>
/// An order as a person can take it in psql: a column for each session, to be read downwards. What stands in a column
/// is given to psql as it is, line by line.
/// </summary>
public static partial class Script
{
    /// <summary>The columns of sessions are so wide; only what has no place to be broken is longer.</summary>
    internal const int Width = 52;

    /// <summary>How many characters stand before the first column.</summary>
    internal const int Margin = 5;

    /// <summary>The column of the session that holds others at the injection point, behind all others.</summary>
    internal const string Holder = "one more session";

    /// <summary>What a script begins with, before the SQL that each session runs first.</summary>
    internal const string First = "first, in each session: ";

    private const string Note = "-- ";

    /// <summary>Writes it.</summary>
    /// <param name="playback">The order, as it was taken.</param>
    /// <param name="isolation">The level of its transactions, as SQL says it.</param>
    /// <param name="refresh">The last refresh of an engine that refreshes later; null where there is none.</param>
    public static string Of(Trace playback, string isolation, string? refresh = null)
    {
        var held = playback.Steps.Where(s => s.Step.Command.Held).Select(s => s.Step.Session).ToList();
        List<string> sessions =
        [
            .. playback.Steps.Select(s => s.Step.Session).Distinct().Order(StringComparer.Ordinal),
            .. held.Count > 0 ? [Holder] : Array.Empty<string>(),
        ];
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{First}SET default_transaction_isolation = '{isolation}';"
        );
        text.AppendLine((Blanks(Margin) + string.Concat(sessions.Select(s => s.PadRight(Width + 2)))).TrimEnd());
        void Write(string number, string session, IEnumerable<string> lines)
        {
            foreach (var (n, line) in lines.Index())
            {
                text.Append((n == 0 ? number : "").PadLeft(Margin - 2)).Append(Blanks(2))
                    .Append(Blanks(sessions.IndexOf(session) * (Width + 2))).AppendLine(line);
            }
        }

        Write("", Holder, held.SelectMany(s => Wrapped(InjectionPoint.CloseSql(s) + ";")));
        foreach (var taken in playback.Steps)
        {
            Write(
                $"{taken.Place}",
                taken.Step.Command.Kind == StepKind.GoOn ? Holder : taken.Step.Session,
                LinesOf(taken)
            );
        }

        if (refresh is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"at last, in any session: {refresh};");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>SQL that makes the tables and the TVIEWs of a schema.</summary>
    /// <param name="engine">The engine, which is there.</param>
    /// <param name="schema">The schema.</param>
    internal static string TablesSql(TviewEngine engine, Schema schema) =>
        $"{schema.BaseTables};\n"
            + string.Concat(schema.Tviews.SelectMany(engine.SetupSql).Select(statement => statement + ";\n"));

    /// <summary>SQL that makes all that a script needs in an empty database, with the engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="schema">The tables and TVIEWs.</param>
    /// <param name="steps">The script's steps: where one of them is held, its injection point is made too.</param>
    internal static string SetupSql(TviewEngine engine, Schema schema, IEnumerable<Step> steps) =>
        engine.InstallSql + TablesSql(engine, schema)
            + (steps.Any(s => s.Command.Held)
                ? $"CREATE SCHEMA specs_watch;\n{InjectionPoint.InstallSql(schema)}\n" : "");

    private static string Blanks(int count) => new(' ', count);

    private static IEnumerable<string> LinesOf(TracedStep taken)
    {
        var move = taken.Step.Command;
        if (taken.LeftOut)
        {
            return Wrapped($"{taken.Step.Words}: left out, its transaction has failed", Note);
        }

        var notes = new List<string>();
        if (taken.WaitedFor.Count > 0)
        {
            var until =
                taken.DoneAfter is not { } done ? ", for ever"
                : done > taken.Place ? $" until {done} is taken"
                : "";
            notes.Add($"(waits for {string.Join(" and ", taken.WaitedFor)}{until})");
        }

        notes.AddRange(taken.Warnings.Select(w => $"WARNING: {w}"));
        if (taken.SqlState is not null)
        {
            notes.Add($"refused with {taken.SqlState}: {taken.Message}");
        }

        var sql = move.Kind == StepKind.GoOn ? [InjectionPoint.OpenSql(taken.Step.Session)] : move.Sql;
        return
        [
            .. sql.SelectMany(s => Wrapped(s.Replace(StepWords.Database, "race", StringComparison.Ordinal) + ";")),
            .. move.Rows is { } rows ? rows.TrimEnd('\n').Split('\n').Append(@"\.") : [],
            .. notes.SelectMany(n => Wrapped(n, Note)),
        ];
    }

    // Broken only where SQL has a blank of its own: not in what is quoted, nor in a word. A comment would make one of
    // what comes behind it, so there is none but notes.
    private static IEnumerable<string> Wrapped(string text, string before = "")
    {
        var line = "";
        foreach (var word in (before.Length > 0 ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : Words().Matches(text).Select(w => w.Groups["word"].Value).Where(w => w.Length > 0).Select(InOneLine)))
        {
            if (line.Trim().Length > 0 && line.Length + word.Length >= Width)
            {
                yield return line;
                line = before.Length > 0 ? "" : " ";
            }

            line += line.Length == 0 ? before + word : $" {word}";
        }

        yield return line;
    }

    private static string InOneLine(string word) => !word.Contains('\n') ? word
        : Strings().Replace(word, s => s.Groups["body"] is { Success: true, Value: var body }
            ? $"E'{(s.Groups["escaped"].Success ? body
                : s.Groups["tag"].Success ? Escaped(body).Replace("'", "''", StringComparison.Ordinal)
                : Escaped(body)).Replace("\n", "\\n", StringComparison.Ordinal)}'"
            : s.Value);

    private static string Escaped(string body) => body.Replace(@"\", @"\\", StringComparison.Ordinal);

    private const string String = @"(?<escaped>[eE])'(?<body>(?:\\.|''|[^'\\])*)'|'(?<body>(?:''|[^'])*)'"
        + @"|""(?:""""|[^""])*""|\$(?<tag>(?:[A-Za-z_]\w*)?)\$(?<body>.*?)\$\k<tag>\$";

    [GeneratedRegex($@"--[^\n]*|/\*.*?\*/|(?<word>(?:{String}|(?!--|/\*)\S)+)", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex(String, RegexOptions.Singleline)]
    private static partial Regex Strings();
}

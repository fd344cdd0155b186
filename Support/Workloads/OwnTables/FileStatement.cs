using System.Text.RegularExpressions;
using Specs.Support.Configuration;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>A statement of an SQL file.</summary>
/// <param name="File">The file's name in its folder.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Sql">Its text, without the semicolon.</param>
internal sealed partial record FileStatement(string File, int Line, string Sql)
{
    private const int LongestShown = 60;

    /// <summary>Where it stands, and how it begins: for people who look it up.</summary>
    internal string Where
    {
        get
        {
            var words = string.Join(' ', Sql.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
            return $"{File}, line {Line} ({words[..Math.Min(words.Length, LongestShown)]}"
                + $"{(words.Length > LongestShown ? " …" : "")})";
        }
    }

    /// <summary>The statements of a file, as psql would send them one by one.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="UserError">It holds commands of psql.</exception>
    internal static IEnumerable<FileStatement> Split(string file, string text)
    {
        // pg_dump writes these around all others since 2025; they mean nothing outside psql.
        text = CopiedRows.AsInserts(Restrict().Replace(text, ""));
        var (begin, end, depth, word) = (-1, 0, 0, "");
        foreach (Match token in Token().Matches(text))
        {
            var (value, index) = (token.Value, token.Index);
            if (value.StartsWith("--", StringComparison.Ordinal) || value.StartsWith("/*", StringComparison.Ordinal)
                || string.IsNullOrWhiteSpace(value))
            {
                continue;
            }

            if (value == ";" && depth == 0)
            {
                if (begin >= 0)
                {
                    yield return At(begin, end);
                }

                (begin, word) = (-1, "");
                continue;
            }

            // A comment behind it would make one of what is put behind it.
            (begin, end) = (begin < 0 ? index : begin, index + value.Length);
            if (value == "\\" && begin == index)
            {
                throw new UserError($"{At(begin, text.Length).Where.Split('(')[0].TrimEnd()} is a command of psql, "
                    + "which the suite does not know; write SQL statements only, and rows as INSERT.");
            }

            // The body of a function in standard SQL has statements of its own.
            depth += (word, value.ToUpperInvariant()) switch
            {
                ("BEGIN", "ATOMIC") => 1,
                (_, "CASE") when depth > 0 => 1,
                (_, "END") when depth > 0 => -1,
                _ => 0,
            };
            word = value.ToUpperInvariant();
        }

        if (begin >= 0)
        {
            yield return At(begin, end);
        }

        FileStatement At(int from, int to) =>
            new(file, text.AsSpan(0, from).Count('\n') + 1, text[from..to].TrimEnd());
    }

    [GeneratedRegex(@"^\\(un)?restrict\b[^\n]*", RegexOptions.Multiline)]
    private static partial Regex Restrict();

    [GeneratedRegex(
        @"--[^\n]*|/\*.*?\*/|[eE]'(?:\\.|''|[^'\\])*'|'(?:''|[^'])*'|""(?:""""|[^""])*""|"
            + @"\$(?<tag>(?:[A-Za-z_]\w*)?)\$.*?\$\k<tag>\$|\w+|\s+|.",
        RegexOptions.Singleline
    )]
    private static partial Regex Token();
}

using System.Text.RegularExpressions;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>Rows as pg_dump writes them: COPY … FROM stdin, a line for each row, and at last a line \.</summary>
internal static partial class CopiedRows
{
    /// <summary>The same text with INSERT in their place, of as many lines: errors tell the right one.</summary>
    internal static string AsInserts(string text) => Block().Replace(text, block =>
    {
        var rows = block.Groups["row"].Captures.Select(r =>
            $"({string.Join(", ", r.Value.TrimEnd('\r').Split('\t').Select(Literal))})").ToList();
        // COPY takes values for identity columns as they are.
        return rows.Count == 0 ? "\n"
            : $"INSERT INTO {block.Groups["table"].Value} OVERRIDING SYSTEM VALUE VALUES\n"
                + $"{string.Join(",\n", rows)}\n;";
    });

    // The escapes are those of E'…' but for \v.
    private static string Literal(string field) => field == @"\N" ? "NULL"
        : $"E'{Escape().Replace(field, e => e.Value == @"\v" ? @"\x0b" : e.Value)
            .Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^COPY\s+(?<table>[^;]*?)\s+FROM\s+stdin\s*;[ \t]*\r?\n"
        + @"(?:(?!\\\.)(?<row>[^\n]*)\n)*\\\.[ \t]*\r?$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();
}

using Specs.Support.Contracts;
using Specs.Support.Model;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>What a search has found, as a reader gets it.</summary>
/// <param name="Play">The permutation in which it shows.</param>
/// <param name="Result">What is wrong.</param>
/// <param name="Schema">The tables and TVIEWs that it needs.</param>
/// <param name="Pooled">Whether it shows only through transaction pooling.</param>
internal sealed record RaceFinding(JudgedTrace Play, CheckResult Result, Schema Schema, bool Pooled)
{
    private IEnumerable<Step> Steps => Play.Trace.Steps.Select(s => s.Step);

    /// <summary>
    /// Whether the sessions' transactions came one after the other; one that is prepared goes on until somebody ends
    /// it.
    /// </summary>
    internal bool IsSerial
    {
        get
        {
            var whose = Steps.Select(s => s.Command.Of ?? s.Session).ToList();
            return whose.Zip(whose.Skip(1)).Count(p => p.First != p.Second) < whose.Distinct().Count();
        }
    }

    /// <summary>What happens, in words: "A deletes a row of tb_b, while B inserts into tb_c".</summary>
    internal string Title =>
        string.Join(
            ", while ",
            Steps
                .Where(s => s.Command.Kind is not (StepKind.Begin or StepKind.GoOn) && s.Words != "commits")
                .GroupBy(s => s.Session)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {string.Join(" and ", g.OrderBy(s => s.Number).Select(s => s.Words))}")
        ) + (Pooled ? ", through transaction pooling" : "") + (IsSerial ? ": wrong without concurrency" : "");

    /// <summary>The text of a scenario for a file of Features/Races.</summary>
    internal string Feature
    {
        get
        {
            var sessions = Steps.Select(s => s.Session).Distinct().Order(StringComparer.Ordinal).ToList();
            var columns = sessions
                .Select(session => Steps.Where(s => s.Session == session).OrderBy(s => s.Number).Select(Cell).ToList())
                .ToList();
            string[] lines =
            [
                $"  Scenario: {Title}",
                "    Given these base tables",
                "      \"\"\"",
                .. Schema.BaseTables.Split('\n').Select(line => $"      {line}".TrimEnd()),
                "      \"\"\"",
                "    And these TVIEWs over them",
                "      | name | key | query |",
                .. Schema.Tviews.Select(t => $"      | {t.Name} | {t.Key} | {Escaped(t.Query)} |"),
                "    And the isolation level READ COMMITTED",
                $"    And sessions that connect {(Pooled ? "through transaction pooling" : "directly")}",
                "    And these sessions",
                $"      | {string.Join(" | ", sessions)} |",
                .. Enumerable
                    .Range(0, columns.Max(c => c.Count))
                    .Select(row => $"      | {string.Join(" | ", columns.Select(c => c.ElementAtOrDefault(row)))} |"),
                "    When they take their steps in every permutation",
                "    Then after every permutation the TVIEW contract held",
            ];
            return string.Join('\n', lines) + "\n";
        }
    }

    // A step of the vocabulary by its words, a statement that was drawn by its SQL.
    private static string Cell(Step step) =>
        StepWords.IsKnown(step.Words) ? step.Words
        : Escaped(StepWords.Executes + string.Join("; ", step.Command.Sql)
            + (step.Command.Rows is { } rows ? $"\n{rows.TrimEnd()}" : ""));

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}

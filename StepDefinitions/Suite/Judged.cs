using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Contracts;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a feature expects of checks.</summary>
internal static class Judged
{
    /// <summary>It has the verdict and a finding that holds a text.</summary>
    /// <remarks>
    /// An optional part of a pattern is an alternative with nothing: one of the two runtimes counts only groups that
    /// matched.
    /// </remarks>
    internal static void ShouldBeJudged(this CheckResult result, string verdict, string because)
    {
        result.Verdict.ShouldBe(Enum.Parse<Verdict>(verdict, ignoreCase: true), result.ToString());
        string.Join('\n', result.Findings)
            .ShouldContain(because.Replace(" because ", "", StringComparison.Ordinal).Trim('"'));
    }

    /// <summary>
    /// All have the verdict, and the findings of the table are all that there are; … stands for anything.
    /// </summary>
    internal static void ShouldBeJudged(this IReadOnlyList<CheckResult> results, string verdict, DataTable table)
    {
        results
            .Select(r => r.Verdict.ToString().ToLowerInvariant())
            .Distinct()
            .ShouldBe([verdict], string.Join('\n', results));
        var findings = results.SelectMany(r => r.Findings).Select(f => Regex.Replace(f, @"\s+", " ")).ToList();
        var expected = table.Rows.Select(r => r["finding"]).Where(f => f.Length > 0).ToList();
        foreach (var text in expected)
        {
            var pattern =
                "^"
                + string.Join(".*", text.Split('…').Select(t => Regex.Escape(Regex.Replace(t.Trim(' '), @"\s+", " "))))
                + "$";
            findings.ShouldContain(
                f => Regex.IsMatch(f, pattern),
                $"{text} is not among: {string.Join("; ", findings)}"
            );
        }

        findings.Count.ShouldBe(expected.Count, string.Join("; ", findings));
    }
}

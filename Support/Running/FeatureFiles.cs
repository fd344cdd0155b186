using System.Text.RegularExpressions;
using Gherkin.Ast;
using Specs.Support.Configuration;
using Specs.Support.Reports;

namespace Specs.Support.Running;

/// <summary>
/// Finds what Gherkin accepts without a word: a line whose keyword is misspelt counts as a description, so a step, or a
/// whole scenario, is lost and everything is green; and rows of an outline that no reader of a report can tell apart.
/// </summary>
public static partial class FeatureFiles
{
    private const string CaseColumn = "case";

    /// <summary>Refuses the run where a feature file of this suite says less than it seems to.</summary>
    /// <exception cref="UserError">One does; all such places are named.</exception>
    public static void Check()
    {
        var problems = Resources.In(FeatureText.Folder)
            .SelectMany(name => ProblemsOf(name, new StringReader(Resources.Text(name)))).ToList();
        if (problems.Count > 0)
        {
            throw new UserError(string.Join("; ", problems) + ".");
        }
    }

    /// <summary>What is wrong with one file, a line each.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">What is in it.</param>
    public static IEnumerable<string> ProblemsOf(string name, TextReader text)
    {
        var feature = new Gherkin.Parser().Parse(text).Feature;
        return feature is null ? [$"{name} holds no feature"]
            : ProblemsOf(feature.Description, feature.Children).Select(p => $"{name}: {p}");
    }

    private static IEnumerable<string> ProblemsOf(string? description, IEnumerable<object> children) =>
        Misspelt(description).Concat(children.SelectMany(child =>
            (child is Scenario scenario ? TitleProblemsOf(scenario) : []).Concat(BodyProblemsOf(child))));

    private static IEnumerable<string> BodyProblemsOf(object child) => child switch
    {
        Rule rule => ProblemsOf(rule.Description, rule.Children),
        StepsContainer s when !s.Steps.Any() => Misspelt(s.Description).Append($"'{s.Name}' has no steps"),
        // Prose belongs to features and rules; above steps it cannot be told from a step that is misspelt.
        StepsContainer { Description.Length: > 0 } s =>
            [$"'{s.Name}' begins with a line that is no step: '{s.Description.Trim().Split('\n')[0]}'"],
        _ => [],
    };

    // In a report an outline's row is called "title – case".
    private static IEnumerable<string> TitleProblemsOf(Scenario scenario)
    {
        var rows = scenario.Examples.SelectMany(e => e.TableBody.Select(row => e.TableHeader.Cells.Zip(row.Cells)
            .Where(c => c.First.Value == CaseColumn).Select(c => c.Second.Value).FirstOrDefault(""))).ToList();
        if (Placeholder().IsMatch(scenario.Name))
        {
            yield return $"'{scenario.Name}' has a placeholder in its title; name each row in a column '{CaseColumn}' "
                + "instead";
        }

        if (rows.Contains(""))
        {
            yield return $"'{scenario.Name}' has a row without a '{CaseColumn}'; name each row in words, in a column "
                + "of that name";
        }

        foreach (var twice in rows.Where(r => r != "").GroupBy(r => r).Where(g => g.Count() > 1))
        {
            yield return $"'{scenario.Name}' has two rows with the {CaseColumn} '{twice.Key}'";
        }

        foreach (var name in rows.Prepend(scenario.Name).Where(n => Sql().IsMatch(n)))
        {
            yield return $"'{name}' has SQL in a title; say it in words";
        }
    }

    private static IEnumerable<string> Misspelt(string? description) =>
        LooksLikeKeyword()
            .Matches(description ?? "")
            .Select(m => $"'{m.Value.Trim()}' is read as prose; is a keyword misspelt?");

    // A step, or a word or two before a colon at the beginning of a line.
    [GeneratedRegex(@"^\s*((Given|When|Then|And|But|\*) .*|[A-Z]\w*( [A-Z]\w*)?:.*|[|@""].*)$", RegexOptions.Multiline)]
    private static partial Regex LooksLikeKeyword();

    [GeneratedRegex("<[^<>]+>")]
    private static partial Regex Placeholder();

    // The name of a statement is a word of the features, a statement is not.
    [GeneratedRegex(@";|\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \S+ SET|"
        + @"(CREATE|ALTER|DROP) (TABLE|VIEW|SCHEMA|FUNCTION|TRIGGER))\b")]
    private static partial Regex Sql();
}

using System.Text.RegularExpressions;
using Gherkin.Ast;
using Specs.Support.Configuration;
using Specs.Support.Reports;

namespace Specs.Support.Running;

/// <summary>
/// Finds what Gherkin passes over in silence: a line whose keyword is misspelt counts as a description, so a step, or a
/// whole scenario, is lost and everything is green.
/// </summary>
public static partial class FeatureFiles
{
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
        Misspelt(description).Concat(children.SelectMany(child => child switch
        {
            Rule rule => ProblemsOf(rule.Description, rule.Children),
            StepsContainer s when !s.Steps.Any() => Misspelt(s.Description).Append($"'{s.Name}' has no steps"),
            // Prose belongs to features and rules; above steps it cannot be told from a step that is misspelt.
            StepsContainer { Description.Length: > 0 } s => [$"'{s.Name}' begins with a line that is no step: '{s.Description.Trim().Split('\n')[0]}'"],
            _ => [],
        }));

    private static IEnumerable<string> Misspelt(string? description) =>
        LooksLikeKeyword().Matches(description ?? "").Select(m => $"'{m.Value.Trim()}' is read as prose; is a keyword misspelt?");

    // A step, or a word or two before a colon at the beginning of a line.
    [GeneratedRegex(@"^\s*((Given|When|Then|And|But|\*) .*|[A-Z]\w*( [A-Z]\w*)?:.*|[|@""].*)$", RegexOptions.Multiline)]
    private static partial Regex LooksLikeKeyword();
}

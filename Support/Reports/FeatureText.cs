using Gherkin.Ast;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Reports;

/// <summary>A step as its feature has it.</summary>
/// <param name="Keyword">Given, When, Then, And …</param>
/// <param name="Text">What follows.</param>
/// <param name="Table">Its table, the header first; empty where there is none.</param>
public sealed record StepText(string Keyword, string Text, IReadOnlyList<IReadOnlyList<string>> Table);

/// <summary>A scenario as its feature has it; an outline once for each row of its examples.</summary>
/// <param name="Id">Which scenario.</param>
/// <param name="Rule">The business rule above it, and what is said about that.</param>
/// <param name="Description">What is said about it.</param>
/// <param name="Tags">Its own and those of all that it stands in.</param>
/// <param name="Steps">Its steps, those of the background first.</param>
public sealed record ScenarioText(
    ScenarioId Id, (string Title, string Description) Rule, string Description,
    IReadOnlyList<string> Tags, IReadOnlyList<StepText> Steps);

/// <summary>A feature file, as people read it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Description">The prose under it.</param>
/// <param name="Scenarios">Its scenarios, in order.</param>
public sealed record FeatureText(string Title, string Description, IReadOnlyList<ScenarioText> Scenarios)
{
    /// <summary>Where the features are embedded. (Reqnroll embeds its messages under Features/.)</summary>
    internal const string Folder = "FeatureText/";

    /// <summary>The name of its folder, such as Races; empty where it lies beside the folders.</summary>
    public string Subfolder { get; init; } = "";

    /// <summary>What stands for it where features of one folder are shown together.</summary>
    public string Group => Subfolder.Length == 0 ? Title : Subfolder;

    /// <summary>
    /// All features of the suite in the order in which they are read; they are embedded in the assembly.
    /// </summary>
    public static IReadOnlyList<FeatureText> All() =>
        [
            .. ReadingOrder
                .Files()
                .Select(name =>
                    Read(new StringReader(Resources.Text(name))) with
                    {
                        Subfolder = Path.GetDirectoryName(name[Folder.Length..])!,
                    }
                ),
        ];

    /// <summary>Reads one feature.</summary>
    public static FeatureText Read(TextReader text)
    {
        var feature = new Gherkin.Parser().Parse(text).Feature;
        var scenarios = new List<ScenarioText>();
        Collect(feature.Name, feature.Children, ("", ""), [.. feature.Tags.Select(t => t.Name)], [], scenarios);
        return new FeatureText(feature.Name, Prose(feature.Description), scenarios);
    }

    private static void Collect(
        string feature,
        IEnumerable<IHasLocation> children,
        (string, string) rule,
        List<string> tags,
        IReadOnlyList<Step> before,
        List<ScenarioText> into
    )
    {
        foreach (var child in children)
        {
            switch (child)
            {
                case Background background:
                    before = [.. before, .. background.Steps];
                    break;
                case Rule r:
                    Collect(
                        feature,
                        r.Children,
                        (r.Name, Prose(r.Description)),
                        [.. tags, .. r.Tags.Select(t => t.Name)],
                        before,
                        into
                    );
                    break;
                case Scenario scenario:
                    into.AddRange(
                        Examples(scenario)
                            .Select(values => new ScenarioText(
                                new(feature, scenario.Name, values),
                                rule,
                                Prose(scenario.Description),
                                [.. tags.Concat(scenario.Tags.Select(t => t.Name)).Distinct()],
                                [.. before.Concat(scenario.Steps).Select(s => Text(s, values))]
                            ))
                    );
                    break;
            }
        }
    }

    private static IEnumerable<Dictionary<string, string>> Examples(Scenario scenario) =>
        !scenario.Examples.Any()
            ?
            [
                [],
            ]
            : scenario
                .Examples.Where(e => e.TableHeader is not null)
                .SelectMany(e =>
                    e.TableBody.Select(row =>
                        e.TableHeader.Cells.Zip(row.Cells).ToDictionary(c => c.First.Value, c => c.Second.Value)
                    )
                );

    private static StepText Text(Step step, Dictionary<string, string> values) =>
        new(
            step.Keyword.Trim(),
            Fill(step.Text, values),
            step.Argument switch
            {
                Gherkin.Ast.DataTable table =>
                [
                    .. table.Rows.Select(r => r.Cells.Select(c => Fill(c.Value, values)).ToList()),
                ],
                DocString text =>
                [
                    [Fill(text.Content, values)],
                ],
                _ => [],
            }
        );

    private static string Fill(string text, Dictionary<string, string> values) =>
        values.Aggregate(text, (t, v) => t.Replace($"<{v.Key}>", v.Value, StringComparison.Ordinal));

    // A description keeps the indentation of its file.
    private static string Prose(string? description) =>
        string.Join('\n', (description ?? "").Split('\n').Select(l => l.Trim())).Trim();
}

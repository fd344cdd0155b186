using System.Collections.Specialized;
using System.Globalization;
using Gherkin.CucumberMessages;
using Gherkin.CucumberMessages.Pickles;
using Io.Cucumber.Messages.Types;
using Reqnroll.Formatters.RuntimeSupport;
using Specs.Support.Configuration;
using Specs.Support.Reports;

namespace Specs.Support.Build;

/// <summary>
/// A feature file as Reqnroll's runtime knows it. Gherkin compiles each scenario, and each row of an outline, to a
/// "pickle": its steps in order, those of backgrounds first, with the row's values filled in.
/// </summary>
public abstract class PlayedFeature : Xunit.IAsyncLifetime
{
    private readonly Feature _feature;
    private readonly List<Pickle> _pickles;
    private readonly List<(Scenario Scenario, Rule? Rule, Examples? Examples, TableRow? Row)> _origins;

    /// <summary>Reads the feature from the text that the assembly holds.</summary>
    /// <param name="path">Its file, for example "Features/Races/SameNewRow.feature".</param>
    protected PlayedFeature(string path)
    {
        var text = Resources.Text(FeatureText.Folder + path["Features/".Length..^".feature".Length]);
        var ids = new GuidIdGenerator();
        var document = new AstMessagesConverter(ids)
            .ConvertGherkinDocumentToEventArgs(new Gherkin.Parser().Parse(new StringReader(text)), path);
        _feature = document.Feature;
        _pickles = new PickleCompiler(ids).Compile(document);
        // In the order of the pickles.
        _origins = [.. _feature.Children.Select(c => (c.Scenario, Rule: (Rule?)null))
            .Concat(_feature.Children.Select(c => c.Rule).OfType<Rule>()
                .SelectMany(rule => rule.Children.Select(c => (c.Scenario, Rule: (Rule?)rule))))
            .Where(s => s.Scenario is not null)
            .SelectMany(s => s.Scenario.Examples
                .SelectMany(e => e.TableBody.Select(r => (s.Scenario, s.Rule, (Examples?)e, (TableRow?)r)))
                .DefaultIfEmpty((s.Scenario, s.Rule, null, null)))];
        Info = new FeatureInfo(new CultureInfo(_feature.Language), Path.GetDirectoryName(path), _feature.Name,
            _feature.Description, ProgrammingLanguage.CSharp, NamesOf(_feature.Tags),
            new Messages(new(path, text, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN), document, _pickles));
    }

    internal FeatureInfo Info { get; }
    internal (ScenarioInfo Scenario, RuleInfo? Rule) InfoOf(int pickle)
    {
        var (scenario, rule, examples, row) = _origins[pickle];
        var values = new OrderedDictionary();
        examples?.TableHeader.Cells.Zip(row!.Cells).ToList().ForEach(c => values.Add(c.First.Value, c.Second.Value));
        string[] tags = [.. NamesOf(scenario.Tags), .. NamesOf(examples?.Tags)], ruleTags = NamesOf(rule?.Tags);
        return (new(scenario.Name, scenario.Description, tags, values, [.. Info.Tags, .. ruleTags], $"{pickle}"),
            rule is null ? null : new RuleInfo(rule.Name, rule.Description, ruleTags));
    }

    // A pickle's steps have no keywords, so each is paired with the step that it was made from.
    internal IEnumerable<(Step Written, PickleStep Filled)> StepsOf(int pickle) => _feature.Children
        .Select(c => c.Background).Concat(_origins[pickle].Rule?.Children.Select(c => c.Background) ?? [])
        .SelectMany(b => b?.Steps ?? []).Concat(_origins[pickle].Scenario.Steps).Zip(_pickles[pickle].Steps);

    private static string[] NamesOf(IEnumerable<Tag>? tags) => [.. tags?.Select(t => t.Name[1..]) ?? []];

    Task Xunit.IAsyncLifetime.InitializeAsync() => Task.CompletedTask;      // the first scenario begins the feature

    Task Xunit.IAsyncLifetime.DisposeAsync() => TestRunnerManager.ReleaseFeatureAsync(Info, GetType().Assembly);

    private sealed record Messages(Source Source, GherkinDocument GherkinDocument, IEnumerable<Pickle> Pickles,
        bool HasMessages = true) : IFeatureLevelCucumberMessages;
}

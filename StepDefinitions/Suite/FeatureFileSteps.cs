using Shouldly;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>Feature files written by hand.</summary>
[Binding]
public sealed class FeatureFileSteps
{
    private string _text = "";

    /// <summary>Its text.</summary>
    [Given(@"^a feature file$")]
    public void GivenFile(string text) => _text = text;

    /// <summary>One of the reasons.</summary>
    [Then(@"^it is refused, because ""(.*)""$")]
    public void ThenRefused(string problem) => Problems().ShouldContain("F.feature: " + problem);

    /// <summary>By the parser itself, as in a build.</summary>
    [Then(@"^it cannot be read$")]
    public void ThenUnreadable() => Should.Throw<Gherkin.ParserException>(Problems);

    /// <summary>No reason.</summary>
    [Then(@"^nothing is wrong with it$")]
    public void ThenSound() => Problems().ShouldBeEmpty();

    private List<string> Problems() => [.. FeatureFiles.ProblemsOf("F.feature", new StringReader(_text))];
}

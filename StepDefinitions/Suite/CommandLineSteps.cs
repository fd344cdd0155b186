using Shouldly;
using Specs.Support.Cli;
using Specs.Support.Configuration;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Suite;

/// <summary>What ./specs does with what is typed.</summary>
[Binding]
public sealed class CommandLineSteps(CommandLine specs)
{
    /// <summary>To its end.</summary>
    [When(@"^'./specs (.*)' is typed$")]
    public Task WhenTyped(string words) => specs.TypeAsync(words);

    /// <summary>By their titles.</summary>
    [When(@"^'./specs (.*)' runs the features ""(.*)"" and ""(.*)""$")]
    public Task WhenBoth(string words, string one, string other) =>
        specs.TypeAsync([.. words.Split(' '), "--filter", $"FeatureTitle={one}|FeatureTitle={other}"]);

    /// <summary>The first is in the banner; each other one is told when it has started.</summary>
    [Then(@"^(\d+) scenarios passed on (\d+) servers?(?: at once)?$")]
    public void ThenPassedOn(int scenarios, int servers)
    {
        specs.Said.ShouldContain($"{scenarios} passed, 0 failed, 0 skipped");
        specs.Said.Split('\n').Count(l => l.StartsWith("beside   ", StringComparison.Ordinal)).ShouldBe(servers - 1);
    }

    /// <summary>Nobody but its test host can end what it has started.</summary>
    [When(@"^'./specs run' is killed with SIGKILL while its server runs$")]
    public Task WhenKilled() => specs.KillAsync();

    /// <summary>Exit code and sentence.</summary>
    [Then(@"^it exits with (\d+) and says ""(.*)""$")]
    public void ThenExits(int code, string sentence)
    {
        specs.Said.ShouldContain(sentence);
        specs.Said.Trim().Split('\n').Length.ShouldBe(1);
        specs.Code.ShouldBe(code);
    }

    /// <summary>After what the run said before.</summary>
    [Then(@"^its last line says ""(.*)"", and it exits with (\d+)$")]
    public void ThenEndsWith(string sentence, int code)
    {
        specs.Said.Trim().Split('\n')[^1].ShouldContain(sentence);
        specs.Code.ShouldBe(code);
    }

    /// <summary>A line begins with each.</summary>
    [Then(@"^it names every engine that the suite brings, and says ""(.*)""$")]
    public void ThenEngines(string sentence)
    {
        var names = specs.Said.Split('\n').Select(l => l.Trim().Split(' ')[0]);
        EngineFolder.Names.ShouldBeSubsetOf(names);
        specs.Said.ShouldContain(sentence);
    }

    /// <summary>So that the table there is the program's.</summary>
    [Then(@"^(.*\.md) holds what it says$")]
    public void ThenWritten(string file)
    {
        specs.Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(RunOptions.TreeRoot(), file)).ShouldContain(specs.Said);
    }

    /// <summary>The expression for dotnet test.</summary>
    [Then(@"^--filter ""(.*)"" leaves of (\S+) the tests (.*)$")]
    public void ThenSelects(string filter, string selection, string tests) =>
        Selection.Of(selection, filter).ShouldBe(tests);

    /// <summary>Without another run, and without ./specs.</summary>
    [Then(@"^its test host and its server end by themselves$")]
    public Task ThenEnds() => specs.ShouldEndItselfAsync();

    /// <summary>Processes and folders.</summary>
    [Then(@"^'./specs clean' leaves nothing of it$")]
    public Task ThenCleared() => specs.ShouldBeClearedAwayAsync();
}

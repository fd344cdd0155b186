using Shouldly;
using Specs.Support.Drivers;
using Specs.Support.Reports;
using Specs.Support.Scheduling;
using Specs.Support.Workloads.OwnTables;

namespace Specs.StepDefinitions.Suite;

/// <summary>What a search has left behind, and that a person needs nothing else.</summary>
[Binding]
public sealed class PsqlScriptSteps(HandmadeSchema schema, CommandLine specs, PsqlScript psql)
{
    private string _script = "";

    /// <summary>One step of it; what COPY sends stands below it.</summary>
    [Given(@"^a session that executes ([\s\S]*)$")]
    public void GivenStatement(string sql)
    {
        var step = Race.Of(["A"], [[StepWords.Executes + sql]]).Steps.Single();
        _script = Script.Of(new("A", [new(step, 1)], null), "read committed");
    }

    /// <summary>Below the line with the sessions, without the margin.</summary>
    [Then(@"^in its script stands ([\s\S]*)$")]
    public void ThenLines(string lines) =>
        string.Join('\n', _script.Split('\n').Skip(2).Select(l => l[Script.Margin..])).ShouldBe(lines);

    /// <summary>Of the run that was typed.</summary>
    [When(@"^the TVIEWs of its setup\.sql are made in an empty database$")]
    public async Task WhenSetUp()
    {
        await psql.SetUpAsync(Left(RunReport.SetupName));
        (await DiffersAsync()).ShouldBeFalse("a TVIEW differs before anything has happened");
    }

    /// <summary>A psql for each column.</summary>
    [When(@"^what stands in the columns of its race\.sql is given to psql$")]
    public Task WhenPlayed() => psql.PlayAsync(File.ReadAllText(Left(RunReport.ScriptName)));

    [Then(@"^a TVIEW differs from its query there$")]
    public async Task ThenDiffers() => (await DiffersAsync()).ShouldBeTrue("each TVIEW equals its query");

    private Task<bool> DiffersAsync() =>
        psql.DiffersAsync(SchemaFolder.Read(schema.Folder).Tviews.Select(t => (t.Key, t.Value.Sql)));

    private string Left(string file) =>
        Directory.GetFiles(Path.GetDirectoryName(specs.LeftBehind("failed"))!, file, SearchOption.AllDirectories)
            .ShouldHaveSingleItem($"of {file} there should be one: {specs.Said}");
}

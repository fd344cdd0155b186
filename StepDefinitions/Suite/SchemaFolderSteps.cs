using Shouldly;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Suite;

/// <summary>Folders of somebody's own tables: what is refused, and what is said of them.</summary>
[Binding]
public sealed class SchemaFolderSteps(
    HandmadeSchema schema,
    Refusal refusal,
    OwnTables own,
    CommandLine specs,
    SchemaTaking taking
)
{
    /// <summary>Two tables and a TVIEW that joins them.</summary>
    [Given(@"^a folder with the tables a and b and the TVIEW tv_b$")]
    public void GivenSmall()
    {
        schema.Write("schema.sql", """
            CREATE TABLE a (id int PRIMARY KEY, name text);
            CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a, n int NOT NULL CHECK (n > 0));
            INSERT INTO a VALUES (1, 'one'), (2, 'two');
            INSERT INTO b VALUES (1, 1, 1), (2, 1, 2);
            """);
        schema.Write("tv_b.sql", "SELECT b.id AS pk_b, b.n, a.name FROM b LEFT JOIN a ON a.id = b.a;\n");
    }

    [Given(@"^an empty folder of tables$")]
    public static void GivenEmpty() { }

    [Given(@"^in it the file ""(.*)"": ([\s\S]*)$")]
    [Then(@"^in it the file ""(.*)"": ([\s\S]*)$")]
    public void GivenFile(string file, string text) => schema.Write(file, text);

    /// <summary>Nobody else has it.</summary>
    [Given(@"^a database without any engine, filled by 'pgbench (.*)'$")]
    public Task GivenFilled(string options) => taking.FillAsync(options);

    /// <summary>The run's own.</summary>
    [Given(@"^an engine is installed there, with the TVIEWs of (docker/schemas/\w+)$")]
    public Task GivenInstalled(string folder) => taking.InstallAsync(folder);

    [When(@"^'./specs schema take' is typed for that database(| and its engine), with (\d+) rows of each table$")]
    public Task WhenTaken(string installed, int rows) =>
        taking.TakeAsync(schema.Folder, rows, installed.Length > 0);

    /// <summary>By the server's own counters.</summary>
    [Then(@"^nothing was written to the database$")]
    public Task ThenUntouched() => taking.ShouldBeUntouchedAsync();

    /// <summary>In the scenario's own database.</summary>
    [Then(@"^the folder of tables can be read$")]
    public Task ThenRead() => own.TakeAsync(schema.Folder);

    /// <summary>As many tables and TVIEWs, and no others.</summary>
    [Then(@"^the folder of tables can be read, and holds (\d+ tables?, \d+ TVIEWs?)$")]
    public async Task ThenHolds(string words)
    {
        await own.TakeAsync(schema.Folder);
        own.Words.ShouldBe(words);
    }

    [When(@"^the folder of tables is read$")]
    public Task WhenRead() => refusal.OfAsync(() => own.TakeAsync(schema.Folder));

    [When(@"^'./specs schema check' is typed for that folder$")]
    public Task WhenTyped() => specs.TypeAsync($"schema check {schema.Folder}");

    [When(@"^'./specs (explore .*)' is typed for that folder$")]
    public Task WhenTyped(string words) => specs.TypeAsync($"{words} --schema {schema.Folder}");

    /// <summary>Among other lines.</summary>
    [Then(@"^it says ""(.*)"", and exits with (\d+)$")]
    public void ThenSays(string sentence, int code)
    {
        specs.Said.ShouldContain(sentence);
        specs.Code.ShouldBe(code);
    }

    /// <summary>No folder, no process.</summary>
    [Then(@"^nothing is left in its temporary folder$")]
    public void ThenNothingLeft() => specs.LeftInTemporary().ShouldBeEmpty();
}

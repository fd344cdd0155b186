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

    [Given(@"^in it the file ""([^""]*)""$")]
    [Given(@"^in it the file ""(.*)"": ([\s\S]*)$")]
    [Then(@"^in it the file ""(.*)"": ([\s\S]*)$")]
    public void GivenFile(string file, string text) => schema.Write(file, text);

    [Given(@"^a database without any engine, filled by 'pgbench (.*)'$")]
    public Task GivenFilled(string options) => taking.FillAsync(options);

    [Given(@"^an engine is installed there, with the TVIEWs of (docker/schemas/\w+)$")]
    public Task GivenInstalled(string folder) => taking.InstallAsync(folder);

    [When(@"^'./specs schema take' is typed for that database(| and its engine), with (\d+) rows of each table$")]
    public Task WhenTaken(string installed, int rows) =>
        taking.TakeAsync(schema.Folder, rows, installed.Length > 0);

    [Then(@"^nothing was written to the database$")]
    public Task ThenUntouched() => taking.ShouldBeUntouchedAsync();

    [Then(@"^the folder of tables can be read$")]
    public Task ThenRead() => own.TakeAsync(schema.Folder);

    [Then(@"^the folder of tables can be read, and holds (\d+ tables?, \d+ TVIEWs?)$")]
    public async Task ThenHolds(string words)
    {
        await own.TakeAsync(schema.Folder);
        own.Words.ShouldBe(words);
    }

    [Then(@"^values near those of the column ([a-z]+)\.([a-z]+) are (.*)$")]
    public void ThenNeighbours(string table, string column, string values) =>
        string.Join(" ", own.NeighboursOf(table, column)).ShouldBe(values);

    [When(@"^the folder of tables is read$")]
    public Task WhenRead() => refusal.OfAsync(() => own.TakeAsync(schema.Folder));

    [When(@"^'./specs (.*)' is typed for that folder$")]
    public Task WhenTyped(string words) => specs.TypeAsync(
        $"{words} {(words == "schema check" ? "" : "--schema ")}{schema.Folder}");

    [Then(@"^it says ""(.*)"", and exits with (\d+)$")]
    public void ThenSays(string sentence, int code)
    {
        specs.Said.ShouldContain(sentence, Case.Sensitive, specs.Said);
        specs.Code.ShouldBe(code);
    }

    [Then(@"^nothing is left in its temporary folder$")]
    public void ThenNothingLeft() => specs.LeftInTemporary().ShouldBeEmpty();
}

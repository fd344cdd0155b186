using Specs.Support.Drivers;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>Which tables a scenario has.</summary>
[Binding]
public sealed class SchemaSteps(SchemaDriver schema)
{
    /// <summary>One of the schemas that the workloads know, by its name.</summary>
    [Given(@"^((?:the base table|(?:3|100) users|2 companies|companies).*)$")]
    public Task GivenSchema(string name) => schema.CreateAsync(Schemas.Named(name));

    /// <summary>The same without its TVIEWs, for now.</summary>
    [Given(@"^only the base tables of ""(.*)""$")]
    public Task GivenBaseTables(string name) => schema.CreateBaseTablesAsync(Schemas.Named(name));

    /// <summary>One TVIEW over base tables that are there, where the query is the point.</summary>
    [Given(@"^the TVIEW (tv_\w+) of ""(.*)""$")]
    public Task GivenTview(string name, string query) => schema.CreateTviewAsync(name, query);

    /// <summary>The TVIEWs of that schema.</summary>
    [When(@"^the TVIEWs are created$")]
    public Task WhenTviews() => schema.CreateTviewsAsync();

    /// <summary>Tables that no vocabulary has, as a finding of the search for races has them.</summary>
    [Given(@"^these base tables$")]
    public Task GivenTheseTables(string sql) => schema.CreateBaseTablesAsync(sql);

    /// <summary>The TVIEWs over them.</summary>
    [Given(@"^these TVIEWs over them$")]
    public Task GivenTheseTviews(DataTable table) =>
        schema.CreateTviewsAsync(table.Rows.Select(row => (row["name"], row["key"], row["query"])));
}

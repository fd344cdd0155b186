using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>What a database administrator does to the tables, and to the database.</summary>
[Binding]
public sealed class MaintenanceSteps(Judge judge, SchemaDriver schema, Statements statements, DatabaseCopy copy)
{
    /// <summary>The scenario goes on there, with as many sessions.</summary>
    [When(@"^the database is dumped by pg_dump and restored by pg_restore in (\d+) jobs$")]
    public Task WhenRestored(int jobs) => copy.ByDumpAsync(jobs);

    /// <summary>The same.</summary>
    [When(@"^the database is copied by CREATE DATABASE … TEMPLATE$")]
    public Task WhenCopied() => copy.ByTemplateAsync();

    /// <summary>In the names of now: what was renamed is the suite's to know as well.</summary>
    [When(@"^the TVIEW is now (\S+), that is ""(.*)""$")]
    public void WhenRedefined(string name, string query) => schema.Redefine(name, query);

    /// <summary>Those that others read last.</summary>
    [When(@"^every TVIEW is dropped$")]
    public Task WhenDropped() => schema.DropTviewsAsync();

    /// <summary>By their names, and no others.</summary>
    [Then(@"^the engine knows every TVIEW$")]
    public async Task ThenKnown()
    {
        var names = string.Join(", ", schema.Current.Tviews.Select(t => t.Name).Order(StringComparer.Ordinal));
        var known = await statements.ReadAsync(schema.KnownNamesSql);
        judge.Require("the engine knows every TVIEW", known == names, known);
    }

    /// <summary>Maintained there, or refused.</summary>
    [Then(@"^every session has committed all, or was refused as the profile says of a restored dump$")]
    public void ThenAsDeclared() => judge.RequireRestored();
}

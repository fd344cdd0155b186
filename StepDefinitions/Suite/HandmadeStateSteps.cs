using Npgsql;
using Specs.Support.Drivers;

namespace Specs.StepDefinitions.Suite;

/// <summary>States that no engine would leave, made by hand.</summary>
[Binding]
public sealed class HandmadeStateSteps(ScenarioDatabase database, Statements statements)
{
    /// <summary>Neither the engine's nor the suite's, on the scenario's own connection.</summary>
    [Given(@"^triggers are off$")]
    public Task GivenNoTriggers() => statements.ExecuteAsync("SET session_replication_role = replica");

    /// <summary>As the audit trigger records them, in this order.</summary>
    [Given(@"^these refreshes were recorded$")]
    public async Task GivenRefreshes(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            await using var command = new NpgsqlCommand(
                "INSERT INTO specs_watch.refresh (xid, tview, key, event) VALUES ($1::text::xid8, $2, $3, $4)",
                database.Connection
            );
            foreach (var column in new[] { "transaction", "tview", "key", "event" })
            {
                command.Parameters.Add(new() { Value = row[column] });
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}

using Npgsql;
using Specs.Support.Drivers;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>Single statements, where the SQL is the point.</summary>
[Binding]
public sealed class StatementSteps(Judge judge, ScenarioDatabase database, Statements statements)
{
    private PostgresException? _refusal;

    /// <summary>Must succeed.</summary>
    [Given(@"^the statement ""(.*)""$")]
    [When(@"^the statement ""(.*)"" succeeds$")]
    [Then(@"^the statement ""(.*)"" succeeds$")]
    public Task GivenStatement(string sql) => statements.ExecuteAsync(sql);

    /// <summary>May be refused.</summary>
    [When(@"^the statement ""(.*)"" is tried$")]
    public async Task WhenTried(string sql) => _refusal = await statements.TryAsync(sql);

    /// <summary>By a role that owns nothing, in a transaction of its own each; SQLSTATE or ok.</summary>
    [When(@"^an ordinary role tries each of these$")]
    public async Task WhenOrdinary(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            var refusal = await statements.TryAsOrdinaryRoleAsync(row["statement"]);
            judge.Require($"an ordinary role that tries {row["statement"]} gets {row["outcome"]}",
                (refusal?.SqlState ?? "ok") == row["outcome"], refusal is null ? "ok" : Text(refusal));
        }
    }

    /// <summary>What the refusal says.</summary>
    [Then(@"^it is refused with (\w{5}), ""(.*)"" and a hint$")]
    public void ThenRefused(string sqlState, string message) =>
        judge.Require(
            $"it is refused with {sqlState}, \"{message}\" and a hint",
            _refusal is { Hint.Length: > 0 }
                && _refusal.SqlState == sqlState
                && _refusal.MessageText.Contains(message, StringComparison.OrdinalIgnoreCase),
            _refusal is null ? "it was done" : Text(_refusal)
        );

    /// <summary>By PostgreSQL itself, which does not always give a hint.</summary>
    [Then(@"^it is refused with (\w{5}) and ""(.*)""$")]
    public void ThenRefusedByServer(string sqlState, string message) =>
        judge.Require(
            $"it is refused with {sqlState} and \"{message}\"",
            _refusal?.SqlState == sqlState
                && _refusal.MessageText.Contains(message, StringComparison.OrdinalIgnoreCase),
            _refusal is null ? "it was done" : Text(_refusal)
        );

    /// <summary>Neither the engine's own things nor entries of them.</summary>
    [Then(@"^no TVIEW, no trigger and no view has come into being$")]
    public async Task ThenNothing()
    {
        var found = await Definitions.TracesAsync(database.Connection);
        judge.Require(
            "no TVIEW, no trigger and no view has come into being",
            found.Count == 0,
            string.Join(", ", found)
        );
    }

    /// <summary>One text.</summary>
    [Then(@"^the query ""(.*)"" gives ""(.*)""$")]
    public async Task ThenGives(string sql, string text)
    {
        var found = await statements.ReadAsync(sql);
        judge.Require($"the query {sql} gives {text}", found == text, found);
    }

    private static string Text(PostgresException refusal) =>
        $"{refusal.SqlState}: {refusal.MessageText}; hint: {refusal.Hint ?? "none"}";
}

using Npgsql;
using Shouldly;
using Specs.Support.Checks;
using Specs.Support.Hooks;

namespace Specs.StepDefinitions;

/// <summary>Single statements, where the SQL is the point.</summary>
[Binding]
public sealed class StatementSteps(World world)
{
    private PostgresException? _refusal;

    /// <summary>Must succeed.</summary>
    [Given(@"^the statement ""(.*)""$")]
    [When(@"^the statement ""(.*)"" succeeds$")]
    [Then(@"^the statement ""(.*)"" succeeds$")]
    public Task GivenStatement(string sql) => world.ExecuteAsync(sql);

    /// <summary>May be refused.</summary>
    [When(@"^the statement ""(.*)"" is tried$")]
    public async Task WhenTried(string sql) => _refusal = await world.TryAsync(sql);

    /// <summary>By a role that owns nothing, in a transaction of its own each; SQLSTATE or ok.</summary>
    [When(@"^an ordinary role tries each of these$")]
    public async Task WhenOrdinary(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            var refusal = await world.TryAsOrdinaryRoleAsync(row["statement"]);
            (refusal?.SqlState ?? "ok").ShouldBe(row["outcome"], $"{row["statement"]}: {refusal?.MessageText}");
        }
    }

    /// <summary>What the refusal says.</summary>
    [Then(@"^it is refused with (\w{5}), ""(.*)"" and a hint$")]
    public void ThenRefused(string sqlState, string message)
    {
        World.Require(CheckResult.From($"the statement is refused with {sqlState} and a hint", _refusal is null ? ["it was done"] : []));
        _refusal!.SqlState.ShouldBe(sqlState, _refusal.MessageText);
        _refusal.MessageText.ShouldContain(message);
        _refusal.Hint.ShouldNotBeNullOrEmpty();
    }

    /// <summary>Neither the engine's own things nor entries of them.</summary>
    [Then(@"^no TVIEW, no trigger and no view has come into being$")]
    public async Task ThenNothing() => (await world.ReadAsync("""
        SELECT count(*)::text FROM (SELECT name FROM pg_tview_meta
            UNION ALL SELECT tgname FROM pg_trigger WHERE starts_with(tgname, 'tview_')
            UNION ALL SELECT relname FROM pg_class WHERE relkind = 'v' AND starts_with(relname, 'v_')) x
        """)).ShouldBe("0");

    /// <summary>One text.</summary>
    [Then(@"^the query ""(.*)"" gives ""(.*)""$")]
    public async Task ThenGives(string sql, string text) => (await world.ReadAsync(sql)).ShouldBe(text);
}

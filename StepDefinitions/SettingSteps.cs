using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>Writers of other roles, and with triggers turned off.</summary>
[Binding]
public sealed class SettingSteps(Judge judge, Statements statements)
{
    /// <summary>By a policy, which holds for that role alone: owners and superusers see all.</summary>
    [Given(@"^a role that may write the base tables, and sees the first (\d+) posts only$")]
    public Task GivenRole(int posts) => statements.GrantToOrdinaryRoleAsync(posts);

    /// <summary>That is for superusers, and for whom they let.</summary>
    [Given(@"^a user of the server who may turn triggers off$")]
    public Task GivenMayTurnOff() => statements.RequireReplicaRoleAsync();

    /// <summary>Either is allowed, and has to be declared.</summary>
    [Then(@"^what was written is in the TVIEW or is not, as the profile says of session_replication_role = replica$")]
    public Task ThenAsDeclared() => judge.RequireReplicaRoleAsync();
}

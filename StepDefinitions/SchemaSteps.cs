using Specs.Support.Hooks;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>Which tables a scenario has.</summary>
[Binding]
public sealed class SchemaSteps(World world)
{
    /// <summary>The plan's first script.</summary>
    [Given(@"^the base table tb_test and its TVIEW tv_test$")]
    public Task GivenTest() => world.CreateAsync(Schema.Test);

    /// <summary>The plan's second script, with its rows.</summary>
    [Given(@"^100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name$")]
    public Task GivenPosts() => world.CreateAsync(Schema.Posts);
}

using Specs.Support.Hooks;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions;

/// <summary>What the sessions do.</summary>
[Binding]
public sealed class WriteSteps(World world)
{
    /// <summary>The plan's loop of INSERTs.</summary>
    [When(@"^each session inserts (\d+) rows into tb_test, each in a transaction of its own$")]
    public Task WhenInsertTest(int times) => world.RunAsync(Writes.InsertTest, times);

    /// <summary>The plan's scenario 1.</summary>
    [When(@"^each session inserts (\d+) posts? of user 1, each in a transaction of its own$")]
    public Task WhenInsertPosts(int times) => world.RunAsync(Writes.InsertPostOfUser1, times);

    /// <summary>All sessions want the same rows.</summary>
    [When(@"^each session retitles the same (\d+) posts, (\d+) times in all$")]
    public Task WhenRetitle(int rows, int times) => world.RunAsync(Writes.RetitleSamePosts(rows), times);

    /// <summary>Many writes of one row in one transaction.</summary>
    [When(@"^each session, in one transaction, inserts a row into tb_test and then changes it (\d+) times$")]
    public Task WhenTouch(int times) => world.RunAsync(Writes.TouchOneRow(times), 1);
}

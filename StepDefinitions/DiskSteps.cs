using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>A disk that can be full.</summary>
[Binding]
public sealed class DiskSteps(DiskDriver disk)
{
    /// <summary>With all that it has, and will have.</summary>
    [Given(@"^the database lies on a small disk$")]
    public Task GivenDisk() => disk.MoveDatabaseAsync();

    /// <summary>What reads and feeds it lies where there is room.</summary>
    [Given(@"^the TVIEW (\w+) lies on a small disk$")]
    public Task GivenDiskFor(string tview) => disk.MoveTviewAsync(tview);
}

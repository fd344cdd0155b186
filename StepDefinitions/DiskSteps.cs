using Specs.Support.Drivers;

namespace Specs.StepDefinitions;

/// <summary>A disk that can be full.</summary>
[Binding]
public sealed class DiskSteps(DiskDriver disk)
{
    /// <summary>Before it has any table.</summary>
    [Given(@"^the database lies on a small disk$")]
    public Task GivenDisk() => disk.MoveDatabaseAsync();
}

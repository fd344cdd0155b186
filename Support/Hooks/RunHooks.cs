namespace Specs.Support.Hooks;

/// <summary>Begins and ends the run.</summary>
[Binding]
public static class RunHooks
{
    /// <summary>The one run of this process.</summary>
    public static Run Current { get; private set; } = null!;

    /// <summary>Starts the server and installs the engine.</summary>
    [BeforeTestRun]
    public static async Task StartAsync() => Current = await Run.StartAsync();

    /// <summary>Writes the report and gives everything back.</summary>
    [AfterTestRun]
    public static async Task EndAsync()
    {
        if (Current is not null)
        {
            Current.Report.Finish();
            await Current.DisposeAsync();
        }
    }
}

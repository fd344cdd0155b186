using Shouldly;
using Specs.Support.Reports;

namespace Specs.StepDefinitions.Suite;

/// <summary>Who waited for whom, by a log that was written by hand.</summary>
[Binding]
public sealed class LockWaitSteps
{
    private string _log = "";

    /// <summary>As PostgreSQL writes it with the suite's log_line_prefix.</summary>
    [Given(@"^a server's log with these lines$")]
    public void GivenLog(DataTable table) => _log = string.Join('\n', table.Rows.Select(r => r["line"]));

    /// <summary>The longest first.</summary>
    [Then(@"^these waits are told$")]
    public void ThenWaits(DataTable table)
    {
        var told = LockWait.TableOf(LockWait.In(_log));
        told.Header.ShouldBe(table.Header);
        told.Rows.Select(r => string.Join(" | ", r)).ShouldBe(table.Rows.Select(r => string.Join(" | ", r.Values)));
    }
}

using Shouldly;
using Specs.Support.Configuration;

namespace Specs.StepDefinitions.Suite;

/// <summary>The one sentence with which something was refused.</summary>
[Binding]
public sealed class Refusal
{
    private UserError? _error;

    /// <summary>Does something that may be refused.</summary>
    public async Task OfAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (UserError e)
        {
            _error = e;
        }
    }

    /// <summary>The one sentence.</summary>
    [Then(@"^it is refused with ""(.*)""$")]
    public void ThenRefused(string sentence) => _error.ShouldNotBeNull().Message.ShouldContain(sentence);

    /// <summary>What must not be in it.</summary>
    [Then(@"^the refusal does not contain ""(.*)""$")]
    public void ThenSecret(string secret) => _error.ShouldNotBeNull().ToString().ShouldNotContain(secret);

    [Then(@"^it is not refused$")]
    public void ThenAccepted() => _error.ShouldBeNull();
}

using Specs.Support.Configuration;

namespace Specs.Support.Cli;

/// <summary>What ./specs does with former runs. Running features is the test runner's business, not this program's.</summary>
public static class Program
{
    /// <summary>Runs one word of ./specs.</summary>
    /// <returns>0 all well, 1 something became slower or failed, 2 it could not be done.</returns>
    public static int Main(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["compare", var before, var after] => CompareCommand.Run(before, after),
                ["merge", _, ..] => MergeCommand.Run(arguments[1..]),
                _ => throw new UserError("Write 'compare RUN RUN' with two folders or metrics files, or 'merge RUN…' with the folders of some runs."),
            };
        }
        catch (UserError e)
        {
            Console.Error.WriteLine($"specs: {e.Message}");
            return 2;
        }
    }
}

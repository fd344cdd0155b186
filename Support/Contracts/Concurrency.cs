using Specs.Support.Fleet;

namespace Specs.Support.Contracts;

/// <summary>Concurrency is proved from the history, never assumed.</summary>
public static class Concurrency
{
    /// <summary>Whether enough transactions were in flight at one moment.</summary>
    /// <param name="load">What ran.</param>
    /// <param name="least">How many of its transactions must have overlapped.</param>
    public static CheckResult Check(LoadResult load, int least)
    {
        var claim = $"at least {least} transactions were in flight at one moment";
        var most = load.History.LargestOverlap();
        return most >= least ? CheckResult.From(claim, [])
            : CheckResult.Unknown(claim, most == 0 ? "no operation completed"
                : $"there were never more than {most}, so this run proves nothing about {least}");
    }
}

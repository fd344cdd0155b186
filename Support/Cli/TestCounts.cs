using System.Globalization;
using System.Xml.Linq;

namespace Specs.Support.Cli;

/// <summary>How many tests ended how, by the file of the test results.</summary>
/// <param name="Total">All that ran.</param>
/// <param name="Passed">Those that passed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Known">Those that ended with a finding that is documented of the engine.</param>
/// <param name="OfTheRun">Failures after the last scenario: xunit tells them of every test once more.</param>
internal sealed record TestCounts(int Total, int Passed, int Failed, int Known, int OfTheRun)
{
    /// <summary>Those that were skipped.</summary>
    internal int Skipped => Total - Passed - Failed - Known;

    internal static TestCounts Read(string file)
    {
        if (!File.Exists(file))
        {
            return new(0, 0, 0, 0, 0);
        }

        var all = XDocument.Load(file).Descendants().ToLookup(e => e.Name.LocalName);
        var ended = all["Message"]
            .Count(m => m.Value.StartsWith("[Test Assembly Cleanup Failure", StringComparison.Ordinal));
        int Count(string name) =>
            int.Parse((string?)all["Counters"].First().Attribute(name) ?? "0", CultureInfo.InvariantCulture);
        return all["UnitTestResult"].Any()
            ? new(Count("total") - ended, Count("passed"), Count("failed") - ended, CountKnown(all), ended)
            : new(0, 0, 0, 0, 0);
    }

    // xunit has no such outcome: it skips them, with the reason.
    private static int CountKnown(ILookup<string, XElement> all) =>
        all["UnitTestResult"].Count(r => (string?)r.Attribute("outcome") == "NotExecuted"
            && r.Value.Contains(Drivers.KnownFindings.Mark, StringComparison.Ordinal));
}

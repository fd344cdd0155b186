using System.Globalization;
using CsvHelper;
using Specs.Support.Engines;

namespace Specs.Support.Reports;

/// <summary>What became of one seeded fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Times">How often the scenario that its file names ran against it.</param>
/// <param name="Caught">How often that scenario failed with a finding about the contract that the file names.</param>
/// <param name="Results">All scenarios that ran against it, once each; only the named one in the quick proof.</param>
/// <param name="Otherwise">What the named scenario said where it did not catch it; null where it always did.</param>
public sealed record Kill(SeededFault Fault, int Times, int Caught, IReadOnlyList<ScenarioLine> Results, string? Otherwise)
{
    /// <summary>Whether it was caught each time, by the scenario that its file names.</summary>
    public bool IsCaught => Times > 0 && Caught == Times;
}

/// <summary>Seeded faults against scenarios: which scenario catches which.</summary>
/// <param name="kills">What became of each fault.</param>
public sealed class KillMatrix(IReadOnlyList<Kill> kills)
{
    /// <summary>One row for each fault: who had to catch it, how often it did, and how many of all scenarios failed.</summary>
    public string Markdown() =>
        "| fault | what is broken | contract | caught by | times | scenarios that failed |\n| --- | --- | ---: | --- | ---: | ---: |\n"
        + string.Concat(kills.Select(k => string.Create(CultureInfo.InvariantCulture,
            $"| {k.Fault.Name} | {k.Fault.Broken} | {k.Fault.Contract} | {k.Fault.Feature} › {k.Fault.Scenario} | {k.Caught} of {k.Times} | {RedOf(k)} |\n")));

    /// <summary>Every fault and every scenario that ran against it, with how that ended.</summary>
    public string Csv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        csv.WriteRecords(kills.SelectMany(k => k.Results, (k, r) => new { fault = k.Fault.Name, feature = r.Feature, scenario = r.Title, outcome = r.Outcome }));
        csv.Flush();
        return text.ToString();
    }

    private static string RedOf(Kill kill) => string.Create(CultureInfo.InvariantCulture,
        $"{kill.Results.Count(r => r.Outcome == "failed")} of {kill.Results.Count(r => r.Outcome != "skipped")}");
}

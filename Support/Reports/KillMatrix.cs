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
public sealed record Kill(
    SeededFault Fault,
    int Times,
    int Caught,
    IReadOnlyList<ScenarioLine> Results,
    string? Otherwise
)
{
    /// <summary>Whether it was caught each time, by the scenario that its file names.</summary>
    public bool IsCaught => Times > 0 && Caught == Times;
}

/// <summary>Seeded faults against scenarios: which scenario catches which.</summary>
/// <param name="kills">What became of each fault.</param>
public sealed class KillMatrix(IReadOnlyList<Kill> kills)
{
    /// <summary>Its file for people, in the run's folder.</summary>
    public const string PageName = "kill-matrix.md";

    /// <summary>Its file for programs, in the run's folder.</summary>
    public const string TableName = "kill-matrix.csv";

    /// <summary>Writes both files, over what is there.</summary>
    /// <param name="folder">The run's folder.</param>
    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, PageName), Markdown());
        File.WriteAllText(Path.Combine(folder, TableName), Csv());
    }

    /// <summary>
    /// Joins the matrices of several runs, such as the shards of a proof; does nothing where there is none.
    /// </summary>
    /// <param name="folders">The runs' folders.</param>
    /// <param name="into">The folder that receives both files.</param>
    public static void Join(IReadOnlyList<string> folders, string into)
    {
        foreach (var (name, header) in new[] { (PageName, 2), (TableName, 1) })
        {
            var parts = folders
                .Select(f => Path.Combine(f, name))
                .Where(File.Exists)
                .Select(File.ReadAllLines)
                .ToList();
            if (parts.Count > 0)
            {
                File.WriteAllLines(
                    Path.Combine(into, name),
                    parts[0][..header].Concat(parts.SelectMany(p => p[header..]))
                );
            }
        }
    }

    /// <summary>
    /// One row for each fault: who had to catch it, how often it did, and how many of all scenarios failed.
    /// </summary>
    private string Markdown() =>
        "| fault | what is broken | contract | caught by | times | scenarios that failed |\n| --- | --- | --- | --- | "
            + "---: | ---: |\n"
        + string.Concat(kills.Select(k => string.Create(CultureInfo.InvariantCulture,
            $"| {k.Fault.Name} | {k.Fault.Broken} | {k.Fault.Contract} | {k.Fault.Feature} › {k.Fault.Scenario} | "
                + $"{k.Caught} of {k.Times} | {RedOf(k)} |\n")));

    /// <summary>Every fault and every scenario that ran against it, with how that ended.</summary>
    private string Csv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        csv.WriteRecords(
            kills.SelectMany(
                k => k.Results,
                (k, r) =>
                    new
                    {
                        fault = k.Fault.Name,
                        feature = r.Scenario.Feature,
                        scenario = r.Scenario.Title,
                        outcome = r.Outcome,
                    }
            )
        );
        csv.Flush();
        return text.ToString();
    }

    private static string RedOf(Kill kill) => string.Create(CultureInfo.InvariantCulture,
        $"{kill.Results.Count(r => r.Outcome == "failed")} of {kill.Results.Count(r => r.Outcome != "skipped")}");
}

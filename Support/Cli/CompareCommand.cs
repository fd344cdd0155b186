using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Metrics;
using Spectre.Console;

namespace Specs.Support.Cli;

/// <summary>Says what became slower from one run to another.</summary>
internal static class CompareCommand
{
    internal static int Run(string before, string after)
    {
        var (then, now) = (MetricsFile.Read(before), MetricsFile.Read(after));
        var changes = Comparison.Of(then, now);
        if (changes.Count == 0)
        {
            throw new UserError($"{before} and {after} have no workload in common; name runs of the same features.");
        }

        var table = new Spectre.Console.Table()
            .Border(TableBorder.Simple)
            .AddColumns("workload", "figure", "before", "after", "change", "verdict", "95 % intervals");
        foreach (var c in changes.OrderBy(c => Array.IndexOf(["slower", "unknown", "faster", "same"], c.Verdict)))
        {
            table.AddRow([
                .. new[]
                {
                    c.Workload,
                    c.Figure,
                    N(c.Before),
                    N(c.After),
                    Percent(c.Before, c.After),
                    c.Verdict,
                    c.Why,
                }.Select(Markup.Escape),
            ]);
        }

        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out), Ansi = AnsiSupport.No }
        );
        console.Profile.Width = 180;
        console.Write(table);
        Console.WriteLine(
            string.Join(
                ", ",
                new[] { "slower", "faster", "same", "unknown" }.Select(v => $"{changes.Count(c => c.Verdict == v)} {v}")
            )
        );
        Console.WriteLine(
            "A change counts where the 95 % intervals have nothing in common and the medians differ by 5 % or more; "
                + "2 % of what is counted: WAL, tuples, buffers."
        );
        if (Math.Min(Runs(then), Runs(now)) < Comparison.Enough)
        {
            Console.WriteLine($"One of them has fewer than {Comparison.Enough} repetitions: their intervals know the "
                + "noise within a run only; './specs soak --repeat 10' twice tells more.");
        }

        return changes.Any(c => c.Verdict is "slower" or "unknown") ? 1 : 0;
    }

    private static int Runs(IReadOnlyList<WorkloadMetrics> rows) =>
        rows.CountBy(r => (r.TestName, r.Workload)).Min(c => c.Value);

    private static string N(double? figure) => figure?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string Percent(double? before, double? after) => before is > 0 && after is not null
        ? (after.Value / before.Value - 1).ToString("+0 %;-0 %;0 %", CultureInfo.InvariantCulture) : "";
}

using System.Globalization;
using System.Text;
using CsvHelper;
using Specs.Support.Contracts;
using Specs.Support.Metrics;

namespace Specs.Support.Bench;

/// <summary>One turn on a sheet.</summary>
/// <param name="Workload">What was run.</param>
/// <param name="By">The driver, or what grew.</param>
/// <param name="Number">The turn, from 1.</param>
/// <param name="Sessions">How many sessions ran it.</param>
/// <param name="Turn">Its figures.</param>
public sealed record BenchRow(string Workload, string By, int Number, int Sessions, Round Turn);

/// <summary>
/// What the turns of a run showed. Whatever is compared ran in turns, and only figures of the same turn are divided by
/// each other: what else the machine did then met them all.
/// </summary>
/// <param name="versus">By what everything else is divided; null for the first of each workload.</param>
public sealed class BenchResults(string? versus = null)
{
    private const string None = "";
    private readonly List<BenchRow> _rows = [];

    /// <summary>The turns, in the order in which they ran.</summary>
    public IReadOnlyList<BenchRow> Rows => _rows;

    /// <summary>Notes a turn.</summary>
    public void Add(BenchRow row) => _rows.Add(row);

    /// <summary>How one figure relates to that of the other driver, turn by turn.</summary>
    /// <param name="workload">Of which workload.</param>
    /// <param name="driver">Of which driver.</param>
    /// <param name="figure">Which figure.</param>
    public IReadOnlyList<double> Ratios(string workload, string driver, Func<Round, double?> figure)
    {
        var own = _rows.Where(r => r.Workload == workload).ToList();
        return [.. from row in own
                   where row.By == driver
                   from other in own
                   where other.By == (versus ?? own[0].By) && other.Number == row.Number && other.By != driver
                   let ratio = figure(row.Turn) / figure(other.Turn)
                   where ratio is not null
                   select ratio.Value];
    }

    /// <summary>
    /// Whether a driver's figure is at least, or at most, so many times that of the other one. The figure is the median
    /// of the turns; a breach is one that lies outside what the turns themselves scatter (see <see cref="Bootstrap"/>).
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="ratios">The ratios of the turns.</param>
    /// <param name="least">How much must be reached; null for no such bound.</param>
    /// <param name="most">How much may be reached; null for no such bound.</param>
    public static CheckResult Judge(
        string claim,
        IReadOnlyList<double> ratios,
        double? least = null,
        double? most = null
    )
    {
        if (ratios.Count < 3)
        {
            return CheckResult.Unknown(claim, $"{ratios.Count} turns are too few to tell a difference from noise");
        }

        var interval = Bootstrap.Of(ratios, Median);
        return CheckResult.From(claim, interval.High < least || interval.Low > most
            ? [string.Create(CultureInfo.InvariantCulture, $"it is {Median(ratios):0.00} (between {interval.Low:0.00} "
                + $"and {interval.High:0.00} in {ratios.Count} turns)")] : []);
    }

    /// <summary>The middle one of some values.</summary>
    public static double Median(IReadOnlyList<double> values) => WorkloadMetrics.Percentile([.. values.Order()], 50);

    /// <summary>
    /// The table: medians, from the lowest to the highest turn in parentheses; without what no driver was asked for.
    /// </summary>
    /// <param name="caption">What it shows.</param>
    public string Markdown(string caption)
    {
        (string Name, bool Compared, Func<Round, double?> Of)[] all =
        [
            ("a second", true, t => t.PerSecond),
            ("ms each", false, t => 1000 / t.PerSecond),
            ("opening ms", true, t => t.OpeningMs),
            ("bytes a session", false, t => t.BytesPerSession),
            ("bytes each", false, t => t.BytesPerTransaction),
        ];
        var figures = all.Where(f => _rows.Any(r => f.Of(r.Turn) is not null)).ToList();
        var page = new StringBuilder($"{caption}\n\n| workload | by | sessions "
            + $"|{string.Concat(figures.Select(f => $" {f.Name} |{(f.Compared ? " ratio |" : "")}"))}\n"
            + $"| --- | --- | ---: |{string.Concat(figures.Select(f => f.Compared ? " ---: | ---: |" : " ---: |"))}\n");
        foreach (var group in _rows.GroupBy(r => (r.Workload, r.By)))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Workload} | {group.Key.By} | {group.First().Sessions} |"
            );
            foreach (var (_, compared, of) in figures)
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $" {Spread([.. group.Select(r => of(r.Turn)).OfType<double>()], "0.##")} |"
                );
                page.Append(compared ? $" {Spread(Ratios(group.Key.Workload, group.Key.By, of), "0.00")} |" : "");
            }

            page.AppendLine();
        }

        return page.ToString();
    }

    /// <summary>Every turn, a line each.</summary>
    public string Csv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        csv.WriteRecords(_rows.Select(r => new
        {
            workload = r.Workload,
            by = r.By,
            turn = r.Number,
            sessions = r.Sessions,
            transactions = r.Turn.Transactions,
            seconds = r.Turn.Seconds,
            per_second = r.Turn.PerSecond,
            opening_ms = r.Turn.OpeningMs,
            bytes_per_session = r.Turn.BytesPerSession,
            bytes_per_transaction = r.Turn.BytesPerTransaction,
        }));
        csv.Flush();
        return text.ToString();
    }

    private static string Spread(IReadOnlyList<double> values, string format) =>
        values.Count == 0
            ? None
            : Text(Median(values), format)
                + (values.Count == 1 ? "" : $" ({Text(values.Min(), format)} to {Text(values.Max(), format)})");

    // Above a hundred nobody reads what stands behind the point.
    private static string Text(double value, string format) =>
        value.ToString(
            Math.Abs(value) >= 100 ? "0"
                : Math.Abs(value) < 0.1 ? "0.0000"
                : format,
            CultureInfo.InvariantCulture
        );
}

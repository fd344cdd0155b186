using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Specs.Support.Metrics;

/// <summary>pg_tviews_concurrency_metrics.csv: one row for each workload, one header.</summary>
public sealed class MetricsFile(string folder)
{
    /// <summary>The name that the plan gave it.</summary>
    public const string Name = "pg_tviews_concurrency_metrics.csv";

    /// <summary>Appends a row in a single write, so that a reader never sees half of one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(WorkloadMetrics row)
    {
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.Append, FileAccess.Write, FileShare.Read);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = file.Length == 0, NewLine = "\n" }))
        {
            csv.WriteRecords([row]);
        }

        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

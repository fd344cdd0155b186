using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Specs.Support.Configuration;

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
        using var file = new FileStream(
            Path.Combine(folder, Name),
            FileMode.Append,
            FileAccess.Write,
            FileShare.Read,
            bufferSize: 0
        );
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (
            var csv = new CsvWriter(
                text,
                new CsvConfiguration(CultureInfo.InvariantCulture)
                {
                    HasHeaderRecord = file.Length == 0,
                    NewLine = "\n",
                }
            )
        )
        {
            csv.WriteRecords([row]);
        }

        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Reads the rows of a run.</summary>
    /// <param name="place">The run's folder, or a metrics file by any name, such as a stored baseline.</param>
    /// <exception cref="UserError">There is none, or it is no such file.</exception>
    public static IReadOnlyList<WorkloadMetrics> Read(string place)
    {
        var path = Directory.Exists(place) ? Path.Combine(place, Name) : place;
        try
        {
            using var csv = new CsvReader(File.OpenText(path), CultureInfo.InvariantCulture);
            return [.. csv.GetRecords<WorkloadMetrics>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"{path} cannot be read; name the folder of a run below artifacts/, or a {Name} of one."
            );
        }
        catch (CsvHelperException)
        {
            throw new UserError(
                $"{path} has not the columns of this version's {Name}; run the suite again to have a new one."
            );
        }
    }
}

using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Metrics;
using Specs.Support.Reports;
using Specs.Support.Scheduling;

namespace Specs.Support.Running;

/// <content>What is said of it at its beginning and at its end.</content>
public sealed partial class Run
{
    private void SayBanner(string why) =>
        Report.SayBanner(
        [
            ("host", Host.Name + why),
            ("server", "PostgreSQL " + Databases.ServerVersion),
            (RunRecord.EngineLine, _version),
            ("about", Engine.Profile.About),
            .. Own is null ? [] : new[] { ("schema", $"{Own.Folder.Path}: {Own.Words}") },
            ("route", "direct"),
            .. Host.PoolerName is { } pooler ? new[] { ("pooler", pooler) } : [],
            (
                "sessions",
                Options.Sessions?.ToString(CultureInfo.InvariantCulture) ?? "as the features say"
            ),
            ("seed", Options.Seed.ToString(CultureInfo.InvariantCulture)),
            (
                "load",
                Options.Rate is { } rate
                    ? $"{rate} transactions a second, latency from when each was due"
                    : "closed loop: every session goes on as soon as it is answered"
            ),
            .. Options.StartAt is { } start ? new[] { (CommonStart.BannerName, start.ToString("u")) } : [],
            ("at once", Options.AtOnce == 1 ? "one feature"
                : $"{Options.AtOnce} features, each on a server of its own; those tagged @alone alone"),
            ("repeat", Report.Soak is null ? "once" : $"{Options.Repeat} times, {Options.Shard}"),
            .. Options.FaultShard == Shard.Whole ? [] : new[] { ("faults", Options.FaultShard.ToString()) },
            ("machine", WorkloadMetrics.ThisMachine),
            ("began", DateTime.UtcNow.ToString("u", CultureInfo.InvariantCulture)),
            ("output", Report.Folder),
        ]);

    /// <summary>Says the anomaly matrix, and writes it into the run's folder; nothing where no race was run.</summary>
    public void SayAnomalies()
    {
        if (!Anomalies.IsEmpty)
        {
            var page = $"Races on the engine {Engine.Name}, PostgreSQL {Databases.ServerVersion}: how the orders of "
                + $"their steps ended\n\n{Anomalies.Markdown()}\nHow many permutations there are, and how many were "
                + $"taken: one of those that cannot differ, and a share of the others\n\n{Anomalies.Counts()}";
            File.WriteAllText(Path.Combine(Report.Folder, AnomalyMatrix.FileName), page);
            Anomalies.Write(Report.Folder);
            Report.Say("\n" + page);
        }
    }

    /// <summary>
    /// Says what was seen of the user's own TVIEWs, and what was not tried; writes it into the run's folder.
    /// </summary>
    public void SayOwn()
    {
        if (Own is null)
        {
            return;
        }

        var answer = Own.Exercise.Answer(Own.Folder.Path, Own.Tviews.Select(t => t.Name), Own.LeftOut);
        Report.Own = answer;
        string[] lines = [.. YourTviews.Lines(answer), .. Own.Exercise.Refusals()];
        File.WriteAllText(
            Path.Combine(Report.Folder, "your-tables.md"),
            $"# {Own.Folder.Path} on the engine {Engine.Name}, PostgreSQL {Databases.ServerVersion}\n\n"
                + string.Concat(lines.Select(l => $"- {l.Trim()}\n"))
                + "\nHow often a statement of a kind wrote a column; what is empty was not tried.\n\n"
                + Own.Exercise.Matrix()
        );
        Report.Say($"\nYour tables ({Own.Folder.Path}):\n{string.Join('\n', lines)}\n"
            + $"  column by kind of statement: {Path.Combine(Report.Folder, "your-tables.md")}");
    }
}

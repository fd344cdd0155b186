using Specs.Support.Bench;
using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Faults;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>What features can say of schemas and sessions, with the SQL behind it: a scenario needs no C#.</summary>
public static class Words
{
    /// <summary>All words, by what they are used for.</summary>
    public static IReadOnlyList<Vocabulary> All { get; } =
    [
        Schemas.Words,
        TransactionProfiles.WordsOf(TviewEngine.Of(EngineFolder.Of("reference"), null), TimeSpan.Zero),
        StepWords.Words,
        FaultWords.Of(null!),
        PooledClient.Words,
        BenchWorkload.Words,
    ];

    /// <summary>The same for people to read.</summary>
    public static string Page =>
        string.Join(
            "\n\n",
            All.Select(v =>
                $"{v.Kind}, as in: {v.Usage}\n\n"
                + string.Join(
                    '\n',
                    v.Entries.Select(e =>
                        $"  {e.Text}\n      {e.Sql.Replace("\n", "\n      ", StringComparison.Ordinal)}"
                    )
                )
            )
        );
}

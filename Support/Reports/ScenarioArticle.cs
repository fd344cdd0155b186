using System.Globalization;
using System.Xml.Linq;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Reports.Pictures;
using static Specs.Support.Reports.Html;

namespace Specs.Support.Reports;

/// <summary>A scenario on the page: its steps with their outcomes, then why it failed, then its figures.</summary>
/// <param name="Text">What the feature says.</param>
/// <param name="Result">How it ended; null where it did not run.</param>
/// <param name="Id">Unique in the page.</param>
internal sealed record ScenarioArticle(ScenarioText Text, ScenarioResult? Result, string Id)
{
    private static readonly Dictionary<string, string> Marks = new()
    {
        ["passed"] = "✓",
        ["failed"] = "✗",
        ["known"] = "~",
        ["skipped"] = "–",
        ["not run"] = "·",
    };

    internal string Mark => Marks[Outcome];

    internal string OutcomeClass => Outcome.Replace(' ', '-');

    internal string Outcome => Result?.Outcome ?? "not run";

    internal string Title =>
        Text.Id.Title
        + (Result is { Repetition: > 1 } ? $", repetition {Result.Repetition}" : "")
        + (Result?.Engine is { } engine ? $", on {engine}" : "");

    internal XElement Render() =>
        Element(
            "article",
            Class("scenario " + OutcomeClass),
            With("id", Id),
            With("data-outcome", Outcome),
            With("data-tags", string.Join(' ', Text.Tags)),
            Element(
                "details",
                Outcome == "failed" ? With("open", "") : null,
                Element(
                    "summary",
                    Element("h4", Element("span", Class("mark"), With("aria-hidden", "true"), Mark), " ", Title),
                    " ",
                    Element("span", Class("outcome"), Outcome),
                    Result is null ? null : " " + LivingPage.Seconds(Result.Seconds),
                    Text.Tags.Select(t => new object[] { " ", Element("span", Class("tag"), t) })
                ),
                Text.Description.Length == 0 ? null : Element("p", Class("prose"), Text.Description),
                Element("ol", Class("steps"), Text.Steps.Select(Step)),
                Result is null ? null : Evidence(Result),
                Result is not { Metrics.Count: > 0 } ? null : Table(Figures(Result.Metrics)),
                Result?.Pictures
            )
        );

    private XElement Step(StepText step, int place)
    {
        var outcome = Result is null
            ? "not run"
            : Result.Steps.ElementAtOrDefault(place)?.Outcome ?? (Outcome == "failed" ? "not reached" : "skipped");
        return Element(
            "li",
            Class("step " + outcome.Replace(' ', '-')),
            Element("strong", step.Keyword),
            " ",
            step.Text,
            outcome is "passed" or "not run" ? null : Element("span", Class("outcome"), $" ({outcome})"),
            step.Table.Count == 0 ? null
                : step.Table is [[var text]] ? Element("pre", text)
                : Table(new EvidenceTable($"{step.Keyword} {step.Text}", step.Table[0], [.. step.Table.Skip(1)])));
    }

    private IEnumerable<object?> Evidence(ScenarioResult result)
    {
        if (result.Problem is null)
        {
            yield break;
        }

        yield return Element(
            "h5",
            result.Outcome switch
            {
                "skipped" => "Why it was skipped",
                "known" => "What is known",
                _ => "What broke",
            }
        );
        foreach (var (broken, i) in result.Broken.Select((b, i) => (b, i)))
        {
            yield return Element("h6", $"{broken.Title}: {broken.Verdict.ToString().ToLowerInvariant()}");
            yield return broken.Tables.Count > 0
                ? broken.Tables.Select(Table)
                : Element("pre", string.Join('\n', broken.Findings.Take(25)));
            yield return broken.Findings.Take(3).Select((f, n) => LockGraph.Of($"{Id}-locks-{i}-{n}", f));
        }

        yield return result.Broken.Count == 0
            ? Element("pre", result.Problem)
            : Details("The same as the terminal showed it", Element("pre", result.Problem));
        if (result.Outcome == "failed")
        {
            yield return result.Log is null
                ? null
                : Details("The end of the server's log of this scenario", Element("pre", result.Log));
            yield return Element("p", "The same random numbers again: ", Element("code", result.Replay));
        }
    }

    private static EvidenceTable Figures(IReadOnlyList<WorkloadMetrics> rows) =>
        new(
            "Figures of this scenario's workloads",
            [
                "workload",
                "sessions",
                "committed",
                "tx/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "max ms",
                "retries",
                "deadlocks",
                "overlap",
                "audits",
                "refreshes",
                "SQLSTATEs",
                "cost of maintenance",
                "lag ms (p50, p95, max)",
                "seconds",
            ],
            [
                .. rows.Select(m =>
                    new[]
                    {
                        m.Workload.ToString(CultureInfo.InvariantCulture) + (m.Tviews == 0 ? " (plain tables)" : ""),
                        N(m.Connections),
                        N(m.Ok),
                        N(m.OpsPerSec),
                        N(m.P50LatencyMs),
                        N(m.P95LatencyMs),
                        N(m.P99LatencyMs),
                        N(m.MaxLatencyMs),
                        N(m.Retried),
                        N(m.Deadlocks),
                        N(m.LargestOverlap),
                        N(m.Audits),
                        N(m.Refreshes),
                        m.SqlStates.Length == 0 ? "none" : m.SqlStates,
                        m.MaintenanceCost is null ? "not measured" : $"{N(m.MaintenanceCost)} ×",
                        m.P50LagMs is null ? "not measured" : $"{N(m.P50LagMs)}, {N(m.P95LagMs)}, {N(m.MaxLagMs)}",
                        N(m.Seconds),
                    }
                ),
            ]
        );

    private static string N(double? figure) => figure?.ToString("0.##", CultureInfo.InvariantCulture) ?? "none";
}

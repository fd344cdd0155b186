using System.Text.Json;
using Specs.Support.Contracts;
using Specs.Support.Metrics;
using Specs.Support.Model;
using Specs.Support.Reports;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.StepDefinitions.Suite;

/// <summary>Folders of runs that nobody ran: what a run leaves behind for programs.</summary>
public sealed class HandmadeRuns(Run run)
{
    private readonly string _parent = run.NewFolder("runs");
    private readonly List<(string Engine, string Folder, List<ScenarioLine> Lines)> _runs = [];

    /// <summary>The folders of all runs, or of those of one engine.</summary>
    public IEnumerable<string> Of(string? engine) =>
        _runs.Where(r => engine is null || r.Engine == engine).Select(r => r.Folder);

    /// <summary>Begins a run.</summary>
    public void Begin(string engine)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_parent, $"{_runs.Count + 1}")).FullName;
        File.WriteAllText(
            Path.Combine(folder, RunReport.BannerName),
            JsonSerializer.Serialize(new[] { new[] { RunRecord.EngineLine, engine } })
        );
        _runs.Add((engine, folder, []));
    }

    /// <summary>A scenario of it; of a race with its permutations, such as "12 Stale, 8 Exact".</summary>
    public void Add(ScenarioId scenario, string outcome, string reason, string permutations)
    {
        var (_, folder, lines) = _runs[^1];
        var line = new ScenarioLine(scenario, outcome, 1, reason.Length == 0 ? null : reason)
        {
            Judged = outcome switch
            {
                "passed" => [new(Contract.Exact, Verdict.Pass)],
                "failed" => [new(Contract.Exact, Verdict.Fail)],
                _ => [],
            },
        };
        lines.Add(line);
        File.AppendAllText(Path.Combine(folder, RunReport.ResultsName), JsonSerializer.Serialize(line) + "\n");
        if (permutations.Length > 0)
        {
            var races = new AnomalyMatrix();
            races.Add(new(scenario, scenario.Name.ToLowerInvariant(), "direct", permutations.Split(", ")
                .Select(p => p.Split(' ')).ToDictionary(
                    p => Enum.Parse<PermutationOutcome>(p[1]), p => (int)HandmadeFigures.Number(p[0]))));
            races.Write(Directory.CreateDirectory(Path.Combine(folder, "race")).FullName);
            File.AppendAllText(Path.Combine(folder, AnomalyMatrix.DataName),
                File.ReadAllText(Path.Combine(folder, "race", AnomalyMatrix.DataName)));
        }
    }

    /// <summary>A workload that measures what an engine costs.</summary>
    public void AddThroughput(double perSecond, int sessions, string keys, string outcome)
    {
        var row = new Dictionary<string, string> { ["keys"] = keys };
        var scenario = new ScenarioId(EngineTables.CostFeature, "sessions work", row);
        Add(scenario, outcome, "", "");
        new MetricsFile(_runs[^1].Folder).Append(
            HandmadeFigures.Row(scenario.ToString(), sessions, 5, 4, 6) with
            {
                OpsPerSec = perSecond,
                P95LatencyMs = 9,
                P50LagMs = 3,
                P95LagMs = 20,
                MaxLagMs = 50,
                Seed = 0,
            }
        );
    }

    /// <summary>The script of the race that failed.</summary>
    public void AddScript(string script)
    {
        var (_, folder, lines) = _runs[^1];
        var evidence = RunReport.EvidenceFolder(folder, lines.Find(l => l.Outcome == "failed")!.Scenario, 1);
        Directory.CreateDirectory(evidence);
        File.WriteAllText(Path.Combine(evidence, RunReport.ScriptName), script);
        File.WriteAllText(Path.Combine(evidence, RunReport.SetupName), "CREATE TABLE tb_post (pk_post int);");
    }
}

using System.Text.RegularExpressions;
using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>What random workloads are made of, without a server.</summary>
[Binding]
public sealed class RandomDrawSteps
{
    // An engine that takes everything.
    private static readonly EngineProfile Any = new()
    {
        Name = "any",
        About = "takes everything",
        Refreshes = RefreshMoment.Commit,
    };

    private string _drawn = "";

    [When(@"^(\d+) random schemas are drawn, each with (\d+) statements and (\d+) races$")]
    public async Task WhenDrawn(int schemas, int statements, int races)
    {
        for (var seed = 1; seed <= schemas; seed++)
        {
            _drawn += await DrawAsync(seed, statements, races) + "\n";
        }
    }

    [Then(@"^each of these is somewhere in their SQL$")]
    public void ThenThere(DataTable table) =>
        table.Rows.Where(r => !Regex.IsMatch(_drawn, r["SQL"])).Select(r => r["what"]).ShouldBeEmpty();

    [Then(@"^(\d+) random schemas, each with (\d+) statements and (\d+) races, are the same when drawn again$")]
    public async Task ThenSame(int schemas, int statements, int races)
    {
        for (var seed = 1; seed <= schemas; seed++)
        {
            (await DrawAsync(seed, statements, races)).ShouldBe(await DrawAsync(seed, statements, races));
        }
    }

    [Then(@"^(\d+) random schemas for each engine hold no form of query that the engine refuses$")]
    public async Task ThenTaken(int schemas)
    {
        foreach (var engine in EngineFolder.Names.Select(n => EngineFolder.Of(n).Profile))
        {
            for (var seed = 1; seed <= schemas; seed++)
            {
                // An engine for which nothing can be drawn is drawn for until the end of time.
                var drawn = await Task.Run(() => RandomSchema.Of(seed, engine, SchemaSize.ForRaces).Schema)
                    .WaitAsync(TimeSpan.FromMinutes(1));
                drawn.Tviews.SelectMany(t => QueryForms.Of(t.Query)).Intersect(engine.Refuses)
                    .ShouldBeEmpty($"seed {seed} of {engine.Name}");
            }
        }
    }

    private static async Task<string> DrawAsync(int seed, int statements, int races)
    {
        var schema = RandomSchema.Of(seed, Any, seed % 2 == 0 ? SchemaSize.ForLoads : SchemaSize.ForRaces);
        var random = SeededRandom.For(seed);
        var draws = new RandomStatements(schema, random, merge: true);
        var drawn = Enumerable.Range(0, statements).Select(_ => draws.One()).ToList();
        // What each does is not known without a server: as if all met at one row.
        var candidates = drawn.Select(s => new Candidate(s, [new("tv_v1", "any", "changes", "1")])).ToList();
        var some = new RandomRaces(random, schema, candidates, Any, ordinary: true, new(),
            (_, _, _) => Task.FromResult<IReadOnlySet<(string, string)>>(new HashSet<(string, string)>()));
        var steps = new List<string>();
        for (var race = 0; race < races; race++)
        {
            steps.AddRange((await some.DrawAsync())!.Steps.Select(s =>
                $"{s.Words}: {string.Join("; ", s.Command.Sql)}"));
        }

        return $"{schema}\n{string.Join('\n', drawn.Select(s => s.Sql).Concat(steps))}\n"
            + (schema.Schema.Tviews.Any(t => IsOverGroups(t, schema.Schema)) ? "over groups\n" : "");
    }

    private static bool IsOverGroups(Tview tview, Schema schema) =>
        schema.Tviews.Any(t => tview.Reads.Contains(t.Name) && QueryForms.Of(t.Query).Contains(QueryForm.Aggregate));
}

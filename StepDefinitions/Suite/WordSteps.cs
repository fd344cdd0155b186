using Shouldly;
using Specs.Support.Bench;
using Specs.Support.Configuration;
using Specs.Support.Drivers;
using Specs.Support.Running;
using Specs.Support.Workloads;

namespace Specs.StepDefinitions.Suite;

/// <summary>What features can say, and what is said of it.</summary>
[Binding]
public sealed class WordSteps(Run run)
{
    [Then(@"^these words are printed with their SQL$")]
    public void ThenPrinted(DataTable table)
    {
        foreach (var row in table.Rows)
        {
            Words
                .All.Single(v => v.Kind == row["kind"])
                .Entries.Single(e => e.Text == row["word"])
                .Sql.ShouldContain(row["SQL"]);
            Words.Page.ShouldContain($"\n  {row["word"]}\n");
        }
    }

    [Then(@"^no kind has a word twice, or one without SQL$")]
    public void ThenWhole() => Words.All.ShouldAllBe(v => v.Entries.All(e => e.Sql.Length > 0)
        && v.Entries.DistinctBy(e => e.Text).Count() == v.Entries.Count());

    [Then(@"^""(.*)"" is refused with ""(.*)""$")]
    public void ThenRefused(string word, string sentence) =>
        new[]
        {
            Refusal(() => Schemas.Named(word)),
            Refusal(() => TransactionProfiles.WordsOf(run.Engine, default).Named(word)),
            Refusal(() => BenchWorkload.Named(word)),
        }.ShouldContain(r => r.StartsWith(sentence, StringComparison.Ordinal));

    private static string Refusal(Action named) => Should.Throw<UserError>(named).Message;
}

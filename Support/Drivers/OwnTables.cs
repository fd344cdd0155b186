using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Contracts;
using Specs.Support.Fleet;
using Specs.Support.Running;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Drivers;

/// <summary>A user's own tables in a scenario.</summary>
/// <param name="run">The run, which may have been given a folder.</param>
/// <param name="world">The scenario.</param>
/// <param name="database">Its database.</param>
/// <param name="schemas">Gives the tables to loads and permutations.</param>
/// <param name="schema">Makes them.</param>
/// <param name="requires">Skips the scenario where no folder was given.</param>
public sealed class OwnTables(
    Run run,
    World world,
    ScenarioDatabase database,
    RandomSchemas schemas,
    SchemaDriver schema,
    Requirements requires
)
{
    private OwnSchema? _own;

    /// <summary>Takes those of a folder of the suite's.</summary>
    /// <param name="folder">The folder, from the tree's root.</param>
    /// <exception cref="UserError">It does not hold what it must.</exception>
    public async Task TakeAsync(string folder)
    {
        var files = SchemaFolder.Read(Path.Combine(RunOptions.TreeRoot(), folder));
        schemas.Own = await LoadedSchema.ReadAsync(files, database.Connection, run.Engine);
        world.Command = $"{run.Options.CommandOf(["random"])} --schema {folder}";
        await schemas.RenewAsync();
    }

    /// <summary>Takes those that --schema names.</summary>
    public void TakeGiven()
    {
        requires.That(run.Own is not null, "no folder was given; './specs explore --schema DIR' gives one");
        schemas.Own = run.Own;
    }

    /// <summary>How many there are, in words.</summary>
    public string Words => schemas.Own!.Words;

    /// <summary>The values near those of a column that the server has computed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public IReadOnlyList<string> NeighboursOf(string table, string column) =>
        schemas.Own!.Tables.First(t => t.Relation == table).Columns.First(c => c.Plain == column).Neighbours;

    /// <summary>Notes what the transactions of the folder have shown.</summary>
    /// <param name="history">Their history.</param>
    /// <param name="results">What was concluded.</param>
    public void NoteLoad(History history, IReadOnlyList<CheckResult> results) => schemas.NoteLoad(history, results);

    /// <summary>Makes the tables and the TVIEWs in the scenario's database.</summary>
    public async Task CreateAsync()
    {
        _own = new OwnSchema(schemas.Own!, run.Seed);
        await schema.CreateAsync(_own.Schema);
    }

    /// <summary>The folder's transactions, drawn by weight.</summary>
    public TransactionProfile Transactions
    {
        get
        {
            requires.That(_own!.HasScripts, "the folder has no transactions/*.sql");
            return new("runs the user's transactions", RunAsync);
        }
    }

    // What the tables refuse, the user's transaction does as well without any TVIEW.
    private async Task RunAsync(Session session, int iteration, CancellationToken cancel)
    {
        var random = SeededRandom.For(_own!.Seed, session.Number, iteration);
        try
        {
            await session.ExecuteOnceAsync("BEGIN", cancel);
            foreach (var statement in _own.Fill(random))
            {
                await session.ExecuteOnceAsync(statement.Sql, cancel);
            }

            await session.ExecuteOnceAsync("COMMIT", cancel);
        }
        catch (PostgresException e) when (_own.Schema.Refusals.Include(e.SqlState, e.TableName))
        {
            await session.ExecuteOnceAsync("ROLLBACK", cancel);
        }
    }
}

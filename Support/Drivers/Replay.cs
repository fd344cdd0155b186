using Npgsql;
using Specs.Support.Model;
using Specs.Support.Scheduling;
using Specs.Support.Workloads;

namespace Specs.Support.Drivers;

/// <summary>Runs transactions of a load once more, one after the other, and looks at the TVIEWs in between.</summary>
/// <param name="connection">An open connection to a database as the load began with it, of nobody else.</param>
/// <param name="tviews">Its TVIEWs.</param>
internal sealed class Replay(NpgsqlConnection connection, IReadOnlyList<Tview> tviews)
{
    private readonly string _difference = string.Join(
        "\nUNION ALL\n",
        tviews.Select(t => $"SELECT 1 WHERE EXISTS ({Audit.DifferenceSql(t)})")
    );

    /// <summary>Runs one. What is refused now, because others had come before it then, is left out.</summary>
    /// <returns>Whether it committed.</returns>
    internal async Task<bool> RunAsync(NotedTransaction transaction)
    {
        var left = new Queue<StepCommand>(DrawnRace.StepsOf(transaction, "A").Select(s => s.Command));
        while (left.TryDequeue(out var command))
        {
            try
            {
                await RunAsync(command);
                await (command.Prepares ? RunAsync(StepWords.Named("commits what A has prepared", "B", 1))
                    : Task.CompletedTask);
            }
            catch (PostgresException)
            {
                // Perhaps it was as well refused then, and the session went back to its savepoint.
                left = new(left.SkipWhile(c => c.Kind != StepKind.BackToSavepoint));
                if (left.Count == 0)
                {
                    await ExecuteAsync("ROLLBACK");
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether any TVIEW differs from its query.</summary>
    internal async Task<bool> DiffersAsync()
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS ({_difference})", connection);
        await command.PrepareAsync();
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What the queries give for some rows.</summary>
    /// <param name="rows">The TVIEWs' names and the rows' keys, as JSON has them.</param>
    internal async Task<string> WantedAsync(IReadOnlyList<(string Tview, string Key)> rows)
    {
        var wanted = "";
        foreach (var (name, key) in rows)
        {
            var tview = tviews.First(t => t.Name == name);
            await using var command = new NpgsqlCommand(
                $"SELECT string_agg(row::text, ' ' ORDER BY row::text) FROM (SELECT to_jsonb(q.*) AS row FROM "
                    + $"({tview.Query}) q) q WHERE row->>'{tview.Key}' = $1",
                connection
            )
            {
                Parameters = { new() { Value = key } },
            };
            wanted += $"{await command.ExecuteScalarAsync()}\n";
        }

        return wanted;
    }

    private async Task RunAsync(StepCommand command)
    {
        foreach (var sql in command.Sql.Select(s =>
            s.Replace(StepWords.Database, connection.Database, StringComparison.Ordinal)))
        {
            if (command.Rows is { } rows)
            {
                await using var copy = await connection.BeginTextImportAsync(sql);
                await copy.WriteAsync(rows);
            }
            else
            {
                await ExecuteAsync(sql);
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

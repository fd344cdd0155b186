using Npgsql;
using Specs.Support.Workloads;
using Specs.Support.Workloads.OwnTables;

namespace Specs.Support.Drivers;

/// <summary>Single statements on the scenario's own connection.</summary>
/// <param name="database">The scenario's database.</param>
/// <param name="requires">Skips the scenario where the engine, as it is installed, cannot know a statement.</param>
public sealed class Statements(ScenarioDatabase database, Requirements requires)
{
    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        requires.Statement(sql);
        await using var command = new NpgsqlCommand(sql, database.Connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Runs statements in one go. They are divided here: Npgsql would cut a function whose body is standard SQL.
    /// </summary>
    public async Task ExecuteAllAsync(string sql)
    {
        requires.Statement(sql);
        await using var batch = new NpgsqlBatch(database.Connection);
        foreach (var statement in FileStatement.Split("", sql))
        {
            batch.BatchCommands.Add(new(statement.Sql));
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Runs statements that may be refused; a block that they began is rolled back.</summary>
    /// <returns>The server's error; null where there was none.</returns>
    public async Task<PostgresException?> TryAsync(string sql)
    {
        try
        {
            await ExecuteAsync(sql);
            return null;
        }
        catch (PostgresException e)
        {
            await ExecuteAsync("ROLLBACK");
            return e;
        }
    }

    /// <summary>Whether the server's user may act as that role.</summary>
    internal async Task<bool> MayActAsOrdinaryRoleAsync() =>
        await ReadAsync($"SELECT 'no' WHERE NOT pg_has_role('{BaseTable.OrdinaryRole}', 'MEMBER')") is null;

    /// <summary>Runs a statement as a role that owns nothing here; every server has pg_signal_backend.</summary>
    public async Task<PostgresException?> TryAsOrdinaryRoleAsync(string sql)
    {
        requires.That(await MayActAsOrdinaryRoleAsync(), "this user of the server may not act as another role");
        await ExecuteAsync($"SET ROLE {BaseTable.OrdinaryRole}");
        var refusal = await TryAsync(sql);
        await ExecuteAsync("RESET ROLE");
        return refusal;
    }

    /// <summary>Lets that role write the base tables of users and posts, and see a few posts only.</summary>
    /// <param name="posts">How many.</param>
    public async Task GrantToOrdinaryRoleAsync(int posts)
    {
        requires.That(await MayActAsOrdinaryRoleAsync(), "this user of the server may not act as another role");
        await ExecuteAsync(
            $"GRANT SELECT, INSERT, UPDATE, DELETE ON tb_user, tb_post TO {BaseTable.OrdinaryRole}; "
                + "ALTER TABLE tb_post ENABLE ROW LEVEL SECURITY; "
                + $"CREATE POLICY first_posts ON tb_post USING (pk_post <= {posts})"
        );
    }

    /// <summary>Skips the scenario where the server's user may not set session_replication_role.</summary>
    public async Task RequireReplicaRoleAsync() => requires.That(
        await TryAsync("BEGIN; SET LOCAL session_replication_role = replica; ROLLBACK") is null,
        "this user of the server may not set session_replication_role"
    );

    /// <summary>The one text that a query gives.</summary>
    public async Task<string?> ReadAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, database.Connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}

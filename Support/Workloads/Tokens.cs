using System.Data;
using Npgsql;
using Specs.Support.Fleet;

namespace Specs.Support.Workloads;

/// <summary>
/// Transactions that can be told apart afterwards: each writes a token of its own into two rows of tb_test, in two
/// statements. So it is known of each whether it committed, also where its client was never told.
/// </summary>
public static class Tokens
{
    /// <summary>How features say it.</summary>
    internal const string Words = "writes a token of its own into two rows";

    /// <summary>Each of its two statements.</summary>
    internal const string Insert = "INSERT INTO tb_test (data) VALUES ($1)";

    private const string Prefix = "token ";

    /// <summary>The token of a session's transaction.</summary>
    /// <param name="session">The session's number.</param>
    /// <param name="iteration">The transaction's number within the session, from 1.</param>
    public static string Of(int session, int iteration) => $"{Prefix}{session}/{iteration}";

    /// <summary>The transaction.</summary>
    /// <param name="between">What happens between its two statements.</param>
    public static TransactionProfile Write(Func<Task> between) => new(Words, async (session, iteration, cancel) =>
    {
        await session.ExecuteAsync(Insert, cancel, Of(session.Number, iteration));
        await between();
        await session.ExecuteAsync(Insert, cancel, Of(session.Number, iteration));
    })
    {
        Isolation = IsolationLevel.ReadCommitted,
    };

    /// <summary>How many rows hold each token.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    public static async Task<Dictionary<string, long>> CountAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT data, count(*) FROM tb_test WHERE starts_with(data, '{Prefix}') GROUP BY data", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tokens = new Dictionary<string, long>();
        while (await reader.ReadAsync())
        {
            tokens.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return tokens;
    }
}

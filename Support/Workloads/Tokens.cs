using System.Data;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// Transactions that can be told apart afterwards: each writes a token of its own into two rows of tb_test, in two
/// statements. So it is known of each whether it committed, also where its client was never told.
/// </summary>
public static class Tokens
{
    /// <summary>How features say it.</summary>
    internal const string Words = "writes a token of its own into two rows";

    /// <summary>The same for a transaction that is long enough for a refresh to come and go in it.</summary>
    internal const string LongWords = Words + ", with a refresh in between";

    /// <summary>Each of its two statements.</summary>
    internal const string Insert = "INSERT INTO tb_test (data) VALUES ($1)";

    private const string Prefix = "token ";

    /// <summary>The token of a session's transaction.</summary>
    /// <param name="session">The session's number.</param>
    /// <param name="iteration">The transaction's number within the session, from 1.</param>
    public static string Of(int session, int iteration) => $"{Prefix}{session}/{iteration}";

    /// <summary>The transaction.</summary>
    /// <param name="between">What happens between its two statements.</param>
    public static TransactionProfile Write(Func<CancellationToken, Task> between) =>
        new(
            Words,
            async (session, iteration, cancel) =>
            {
                await session.ExecuteAsync(Insert, cancel, Of(session.Number, iteration));
                await between(cancel);
                await session.ExecuteAsync(Insert, cancel, Of(session.Number, iteration));
            }
        )
        {
            Isolation = IsolationLevel.ReadCommitted,
        };

    /// <summary>Counts the tokens that a TVIEW shows, in one snapshot.</summary>
    /// <param name="tview">The TVIEW, with the columns of tb_test.</param>
    /// <param name="pause">How long the session rests before it.</param>
    /// <param name="note">Receives what it saw.</param>
    public static TransactionProfile Count(Tview tview, TimeSpan pause, Action<TokenCount> note) =>
        new(
            History.Observer,
            async (session, _, cancel) =>
            {
                await Task.Delay(pause, cancel);
                var start = Stopwatch.GetTimestamp();
                var seen = $"{await session.ExecuteAsync(CountSql(tview), cancel)}";
                note(new(start, Stopwatch.GetTimestamp(), seen.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(s => s.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())
                    .ToDictionary(n => n[0], n => new SessionTokens(n[0], n[1], n[2], n[3]))));
            }
        );

    private static string CountSql(Tview tview) => $"""
        SELECT string_agg(format('%s:%s:%s:%s', session, tokens, last, rows), ' ') FROM (
            SELECT split_part(token, '/', 1) AS session, count(*) AS tokens,
                max(split_part(token, '/', 2)::int) AS last, sum(rows) AS rows
            FROM (SELECT substr(text, {Prefix.Length + 1}) AS token, count(*) AS rows
                  FROM (SELECT {Tview.Data} AS text FROM {tview.Name}) t WHERE starts_with(text, '{Prefix}')
                  GROUP BY text) k
            GROUP BY split_part(token, '/', 1)) s
        """;

    /// <summary>
    /// How long after the answer to each commit the first snapshot was there that shows its token, in milliseconds.
    /// </summary>
    /// <param name="history">What the sessions did.</param>
    /// <param name="counts">What was seen of it, in the order of time.</param>
    public static IReadOnlyList<double> Lags(History history, IReadOnlyList<TokenCount> counts)
    {
        var lags = new List<double>();
        foreach (var session in history.Work.Where(o => o.Outcome == Outcome.Ok).GroupBy(o => o.Session))
        {
            var (at, token) = (0, 0);
            foreach (var operation in session)
            {
                token++;
                while (at < counts.Count && !(counts[at].Of(session.Key)?.Tokens >= token))
                {
                    at++;
                }

                if (at < counts.Count)
                {
                    var seen = Math.Max(operation.End, counts[at].End);
                    lags.Add(Stopwatch.GetElapsedTime(operation.End, seen).TotalMilliseconds);
                }
            }
        }

        return lags;
    }

    /// <summary>How many rows hold each token.</summary>
    /// <param name="connection">An open connection to the scenario's database.</param>
    /// <param name="tview">The TVIEW whose rows are counted; null for those of the base table.</param>
    public static async Task<Dictionary<string, long>> CountAsync(NpgsqlConnection connection, Tview? tview = null)
    {
        var (text, table) = tview is null ? ("data", "tb_test") : (Tview.Data, tview.Name);
        await using var command = new NpgsqlCommand(
            $"SELECT {text}, count(*) FROM {table} WHERE starts_with({text}, '{Prefix}') GROUP BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tokens = new Dictionary<string, long>();
        while (await reader.ReadAsync())
        {
            tokens.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return tokens;
    }
}

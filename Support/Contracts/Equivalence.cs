using System.Text.Json;
using Npgsql;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>Exact: a TVIEW equals its defining query, as multisets, in all columns, in one snapshot.</summary>
/// <param name="contract">The contract that promises it.</param>
public sealed class Equivalence(Contract contract) : IChecker
{
    private const string DataException = "22";
    private const int MostKeys = 10;

    /// <summary>Judges what is promised of every moment.</summary>
    public Equivalence()
        : this(Contract.Exact) { }

    /// <inheritdoc/>
    public Contract Contract => contract;

    /// <inheritdoc/>
    public string Claim => "every TVIEW equals its defining query";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) => evidence.Engine.Profile.IsImmediate ? null : Convergence.Instead;

    /// <summary>
    /// Compares each TVIEW with the suite's own text of its query and, where the engine keeps one, with the engine's
    /// view.
    /// </summary>
    /// <param name="evidence">What is known.</param>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var results = new List<CheckResult>();
        foreach (var tview in evidence.Schema.Tviews)
        {
            results.Add(await CheckResult.TryAsync(this, () => CheckAsync(evidence.Connection, tview, tview.Name)));
            if (evidence.Engine.BackingView(tview.Name) is { } view)
            {
                results.Add(await CheckResult.TryAsync(this, () => CheckAsync(evidence.Connection,
                    tview with { Query = $"TABLE {view}" }, $"{tview.Name} as {view} states it")));
            }
        }

        return CheckResult.Merge(this, results);
    }

    private async Task<CheckResult> CheckAsync(NpgsqlConnection connection, Tview tview, string what)
    {
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await new NpgsqlCommand(Audit.LockSql(tview), connection).ExecuteNonQueryAsync();
        var rows = new List<(string Side, string Row)>();
        try
        {
            await using var reader = await new NpgsqlCommand(
                Audit.DifferenceSql(tview),
                connection
            ).ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add((reader.GetString(0), reader.GetString(1)));
            }
        }
        catch (PostgresException e) when (e.SqlState.StartsWith(DataException, StringComparison.Ordinal))
        {
            return CheckResult.From(this,
                [$"{what}: its defining query fails with {e.SqlState} ({e.MessageText}), and no table equals that"]);
        }

        var findings = SideBySide(tview, rows, what);
        if (findings.Count == 0)
        {
            return CheckResult.From(this, findings);
        }

        var keys = KeysOf(tview, rows).Take(MostKeys).Select(g => g.Key).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            findings[i] +=
                $"\n    last refreshes of it: {await RefreshLog.LastRefreshesAsync(connection, tview.Name, keys[i])}";
        }

        return CheckResult.From(this, findings) with
        {
            Tables = [TableOf(tview, rows), await RefreshLog.TimelineAsync(connection, tview.Name, keys)],
        };
    }

    /// <summary>One finding for each key: what the query says beside what the TVIEW holds.</summary>
    private static List<string> SideBySide(Tview tview, IEnumerable<(string Side, string Row)> rows, string what) =>
        [.. KeysOf(tview, rows)
            .Select(g => $"{what}, {tview.Key} {g.Key}: the query gives {Rows(g, "wanted")}, the TVIEW holds "
                + $"{Rows(g, "found")}")];

    /// <summary>The differing rows of the first keys side by side, a column for each of theirs.</summary>
    internal static EvidenceTable TableOf(Tview tview, IReadOnlyList<(string Side, string Row)> rows)
    {
        var columns = rows.SelectMany(r => JsonDocument.Parse(r.Row).RootElement.EnumerateObject().Select(c => c.Name))
            .Distinct()
            .Where(c => c != tview.Key)
            .ToList();
        return new EvidenceTable(
            $"{tview.Name}: the rows that differ, of the first ten keys",
            [tview.Key, "", .. columns],
            [
                .. KeysOf(tview, rows)
                    .Take(MostKeys)
                    .SelectMany(g =>
                        new[] { ("wanted", "the query gives"), ("found", "the TVIEW holds") }.SelectMany(side =>
                            g.Where(r => r.Side == side.Item1)
                                .Select(r => r.Row)
                                .DefaultIfEmpty("{}")
                                .Select(row =>
                                    new[] { g.Key, side.Item2 }
                                        .Concat(
                                            columns.Select(c =>
                                                JsonDocument.Parse(row).RootElement.TryGetProperty(c, out var cell)
                                                    ? cell.ToString()
                                                    : "no row"
                                            )
                                        )
                                        .ToArray()
                                )
                        )
                    ),
            ]
        );
    }

    private static List<IGrouping<string, (string Side, string Row)>> KeysOf(
        Tview tview,
        IEnumerable<(string Side, string Row)> rows
    ) =>
        [
            .. rows.GroupBy(r => JsonDocument.Parse(r.Row).RootElement.GetProperty(tview.Key).ToString())
                .OrderBy(g => g.Key.Length)
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];

    private static string Rows(IEnumerable<(string Side, string Row)> rows, string side)
    {
        var own = rows.Where(r => r.Side == side).Select(r => r.Row).ToList();
        return own.Count == 0 ? "no row" : string.Join(" and ", own);
    }
}

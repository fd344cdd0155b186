using System.Text.Json;
using Npgsql;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>Contract 1, exact: a TVIEW equals its defining query, as multisets, in all columns, in one snapshot.</summary>
public static class Equivalence
{
    private const string DataException = "22";

    /// <summary>The claim, as reports show it.</summary>
    public static string Contract(Tview tview) => $"Contract 1 (exact): {tview.Name} equals its defining query";

    /// <summary>Compares the two.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="tview">The TVIEW.</param>
    public static async Task<CheckResult> CheckAsync(NpgsqlConnection connection, Tview tview)
    {
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await new NpgsqlCommand(Audit.LockSql(tview), connection).ExecuteNonQueryAsync();
        var rows = new List<(string Side, string Row)>();
        try
        {
            await using var reader = await new NpgsqlCommand(Audit.DifferenceSql(tview), connection).ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add((reader.GetString(0), reader.GetString(1)));
            }
        }
        catch (PostgresException e) when (e.SqlState.StartsWith(DataException, StringComparison.Ordinal))
        {
            return CheckResult.From(Contract(tview), [$"its defining query fails with {e.SqlState} ({e.MessageText}), and no table equals that"]);
        }

        var findings = SideBySide(tview, rows);
        for (var i = 0; i < Math.Min(findings.Count, 10); i++)
        {
            var key = KeysOf(tview, rows)[i].Key;
            findings[i] += $"\n    last refreshes of it: {await RefreshLog.LastRefreshesAsync(connection, tview.Name, key)}";
        }

        if (findings.Count == 0)
        {
            return CheckResult.From(Contract(tview), findings);
        }

        var keys = KeysOf(tview, rows).Take(10).Select(g => g.Key).ToList();
        return CheckResult.From(Contract(tview), findings) with
        {
            Tables = [TableOf(tview, rows), await RefreshLog.TimelineAsync(connection, tview.Name, keys)],
        };
    }

    /// <summary>One finding for each key: what the query says beside what the TVIEW holds.</summary>
    internal static List<string> SideBySide(Tview tview, IEnumerable<(string Side, string Row)> rows) =>
        [.. KeysOf(tview, rows)
            .Select(g => $"{tview.Name}, {tview.Key} {g.Key}: the query gives {Rows(g, "wanted")}, the TVIEW holds {Rows(g, "found")}")];

    /// <summary>The differing rows of the first keys side by side, a column for each of theirs.</summary>
    internal static EvidenceTable TableOf(Tview tview, IReadOnlyList<(string Side, string Row)> rows)
    {
        var columns = rows.SelectMany(r => JsonDocument.Parse(r.Row).RootElement.EnumerateObject().Select(c => c.Name)).Distinct().Where(c => c != tview.Key).ToList();
        return new EvidenceTable($"{tview.Name}: the rows that differ, of the first ten keys", [tview.Key, "", .. columns],
            [.. KeysOf(tview, rows).Take(10).SelectMany(g => new[] { ("wanted", "the query gives"), ("found", "the TVIEW holds") }.SelectMany(side =>
                g.Where(r => r.Side == side.Item1).Select(r => r.Row).DefaultIfEmpty("{}").Select(row =>
                    new[] { g.Key, side.Item2 }.Concat(columns.Select(c => JsonDocument.Parse(row).RootElement.TryGetProperty(c, out var cell) ? cell.ToString() : "no row")).ToArray())))]);
    }

    private static List<IGrouping<string, (string Side, string Row)>> KeysOf(Tview tview, IEnumerable<(string Side, string Row)> rows) =>
        [.. rows.GroupBy(r => JsonDocument.Parse(r.Row).RootElement.GetProperty(tview.Key).ToString())
            .OrderBy(g => g.Key.Length).ThenBy(g => g.Key, StringComparer.Ordinal)];

    private static string Rows(IEnumerable<(string Side, string Row)> rows, string side)
    {
        var own = rows.Where(r => r.Side == side).Select(r => r.Row).ToList();
        return own.Count == 0 ? "no row" : string.Join(" and ", own);
    }
}

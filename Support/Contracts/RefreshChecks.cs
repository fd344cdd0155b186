using Npgsql;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Once: within a flush no refresh key was written more than once.</summary>
public sealed class RefreshedOnce : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Once;

    /// <inheritdoc/>
    public string Claim => "each refresh key is written at most once";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        RefreshLog.WhyNot(evidence.Engine.Profile, p => p.Once);

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var profile = evidence.Engine.Profile;
        if (await RefreshLog.CountAsync(evidence.Connection, profile.Writes) == 0)
        {
            return CheckResult.Unknown(this, RefreshLog.NoRefresh);
        }

        await using var command = new NpgsqlCommand(SqlOf(profile), evidence.Connection);
        await using var reader = await command.ExecuteReaderAsync();
        var findings = new List<string>();
        while (await reader.ReadAsync())
        {
            findings.Add(reader.GetString(0));
        }

        return CheckResult.From(this, findings);
    }

    /// <summary>SQL: a line of text for each key that was written more than once within a flush.</summary>
    internal static string SqlOf(EngineProfile profile)
    {
        // Where it deletes a row and inserts it again, that is one writing.
        var times = profile.Writes == WritingStyle.Rows ? "count(*)"
            : "greatest(count(*) FILTER (WHERE event = 'delete'), count(*) FILTER (WHERE event <> 'delete'))";
        return $"""
            SELECT format('transaction %s wrote key %s of %s %s times (%s)', xid, key, tview, {times},
                          string_agg(event, ', ' ORDER BY number))
            FROM {RefreshLog.Table} GROUP BY {RefreshLog.Within(profile.Once)}xid, tview, key
            HAVING {times} > 1 ORDER BY {times} DESC, xid
            """;
    }
}

/// <summary>In order: within a flush, a TVIEW that another reads was refreshed before that one.</summary>
public sealed class RefreshedInOrder : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.InOrder;

    /// <inheritdoc/>
    public string Claim => "a TVIEW is refreshed after those that it reads";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        RefreshLog.WhyNot(evidence.Engine.Profile, p => p.Ordered)
        ?? (PairsOf(evidence.Schema).Any() ? null : "no TVIEW reads another one");

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        var findings = new List<string>();
        var both = 0;
        foreach (var (upper, lower) in PairsOf(evidence.Schema))
        {
            await using var command = new NpgsqlCommand(
                SqlOf(evidence.Engine.Profile, upper, lower),
                evidence.Connection
            );
            await using var reader = await command.ExecuteReaderAsync();
            for (; await reader.ReadAsync(); both++)
            {
                if (reader.GetInt64(1) < reader.GetInt64(2))
                {
                    findings.Add($"transaction {reader.GetValue(0)} refreshed {upper} (record {reader.GetInt64(1)}) "
                        + $"before it was done with {lower} (record {reader.GetInt64(2)}), which {upper} reads");
                }
            }
        }

        return both > 0 ? CheckResult.From(this, findings) : CheckResult.Unknown(this, RefreshLog.NoCascade);
    }

    /// <summary>
    /// SQL: each flush that wrote both TVIEWs, with the first record of the upper and the last one of the lower.
    /// </summary>
    internal static string SqlOf(EngineProfile profile, string upper, string lower)
    {
        var flush = RefreshLog.Within(profile.Ordered) + "xid";
        string Of(string what, string tview) =>
            $"(SELECT {flush}, {what} FROM {RefreshLog.Table} WHERE tview = '{tview}' GROUP BY {flush})";
        return $"SELECT u.xid, u.first, l.last FROM {Of("min(number) AS first", upper)} u "
            + $"JOIN {Of("max(number) AS last", lower)} l USING ({flush})";
    }

    /// <summary>The TVIEWs that read another one, each with the other.</summary>
    internal static IEnumerable<(string Upper, string Lower)> PairsOf(Schema schema) => schema.Tviews.SelectMany(
        upper => schema.Tviews.Where(l => upper.Reads.Contains(l.Name)), (u, l) => (u.Name, l.Name));
}

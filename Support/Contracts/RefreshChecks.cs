using Npgsql;
using Specs.Support.Engines;
using Specs.Support.Model;

namespace Specs.Support.Contracts;

/// <summary>Once: no transaction wrote a refresh key more than once.</summary>
public sealed class RefreshedOnce : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Once;

    /// <inheritdoc/>
    public string Claim => "a transaction writes each refresh key at most once";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        evidence.Engine.FlushPoint == FlushPoint.Commit ? null : "the engine flushes at the end of each statement";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        if (await RefreshLog.CountAsync(evidence.Connection) == 0)
        {
            return CheckResult.Unknown(this, RefreshLog.NoRefresh);
        }

        await using var command = new NpgsqlCommand("""
            SELECT format('transaction %s wrote key %s of %s %s times (%s)', xid, key, tview, count(*),
                          string_agg(event, ', ' ORDER BY number))
            FROM specs_watch.refresh GROUP BY xid, tview, key HAVING count(*) > 1 ORDER BY count(*) DESC, xid
            """, evidence.Connection);
        await using var reader = await command.ExecuteReaderAsync();
        var findings = new List<string>();
        while (await reader.ReadAsync())
        {
            findings.Add(reader.GetString(0));
        }

        return CheckResult.From(this, findings);
    }
}

/// <summary>In order: within a transaction, a TVIEW that another reads was refreshed before that one.</summary>
public sealed class RefreshedInOrder : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.InOrder;

    /// <inheritdoc/>
    public string Claim => "a TVIEW is refreshed after those that it reads";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) => PairsOf(evidence.Schema).Any() ? null : "no TVIEW reads another one";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(Evidence evidence)
    {
        await using var command = new NpgsqlCommand("""
            SELECT u.xid, u.first, l.last FROM
                (SELECT xid, min(number) AS first FROM specs_watch.refresh WHERE tview = $1 GROUP BY xid) u JOIN
                (SELECT xid, max(number) AS last FROM specs_watch.refresh WHERE tview = $2 GROUP BY xid) l USING (xid)
            """, evidence.Connection) { Parameters = { new() { Value = "" }, new() { Value = "" } } };
        var findings = new List<string>();
        var both = 0;
        foreach (var (upper, lower) in PairsOf(evidence.Schema))
        {
            command.Parameters[0].Value = upper;
            command.Parameters[1].Value = lower;
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

    private static IEnumerable<(string Upper, string Lower)> PairsOf(Schema schema) => schema.Tviews.SelectMany(
        upper => schema.Tviews.Where(l => upper.Reads.Contains(l.Name)), (u, l) => (u.Name, l.Name));
}

using Npgsql;
using Specs.Support.Workloads;

namespace Specs.Support.Checks;

/// <summary>Contracts 2 and 3: a trigger on the TVIEW records every write of a row of it, in order.</summary>
public static class RefreshAudit
{
    /// <summary>Makes the table of records; once in a database.</summary>
    public const string Install = """
        CREATE TABLE specs.refresh (
            number bigint GENERATED ALWAYS AS IDENTITY, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            tview text NOT NULL, key text NOT NULL, event text NOT NULL);
        CREATE FUNCTION specs.record_refresh() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO specs.refresh (tview, key, event)
            VALUES (TG_TABLE_NAME, to_jsonb(coalesce(NEW, OLD))->>TG_ARGV[0], lower(TG_OP));
            RETURN NULL;
        END $$;
        """;

    /// <summary>SQL that begins to record a TVIEW's refreshes.</summary>
    public static string WatchSql(Tview tview) =>
        $"CREATE TRIGGER specs_refresh AFTER INSERT OR UPDATE OR DELETE ON {tview.Name} "
        + $"FOR EACH ROW EXECUTE FUNCTION specs.record_refresh('{tview.Key}')";

    /// <summary>Whether no transaction wrote a refresh key more than once.</summary>
    /// <param name="connection">An open connection.</param>
    public static async Task<CheckResult> CheckOnceAsync(NpgsqlConnection connection)
    {
        const string contract = "Contract 2 (once): a transaction writes each refresh key at most once";
        if (await CountAsync(connection) == 0)
        {
            return CheckResult.Unknown(contract, "no refresh was recorded");
        }

        await using var command = new NpgsqlCommand("""
            SELECT format('transaction %s wrote key %s of %s %s times (%s)', xid, key, tview, count(*),
                          string_agg(event, ', ' ORDER BY number))
            FROM specs.refresh GROUP BY xid, tview, key HAVING count(*) > 1 ORDER BY count(*) DESC, xid
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var findings = new List<string>();
        while (await reader.ReadAsync())
        {
            findings.Add(reader.GetString(0));
        }

        return CheckResult.From(contract, findings);
    }

    /// <summary>How many refreshes were recorded.</summary>
    public static async Task<long> CountAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM specs.refresh", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

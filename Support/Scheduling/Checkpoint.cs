using Npgsql;

namespace Specs.Support.Scheduling;

/// <summary>
/// Brings every table and sequence of a database back to what it was, without a trigger firing. An order that broke
/// nothing has changed only rows; a new copy of the database for each order takes the server ten times as long.
/// </summary>
internal static class Checkpoint
{
    /// <summary>Saves what is there.</summary>
    public const string SaveSql = """
        CREATE SCHEMA specs_saved;
        CREATE TABLE specs_saved.list AS
            SELECT oid::regclass::text AS name, 'saved_' || oid AS copy, relkind, NULL::bigint AS value,
                NULL::boolean AS called
            FROM pg_class WHERE relkind IN ('r', 'S') AND relpersistence <> 't'
                AND relnamespace::regnamespace::text
                    NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'specs_saved');
        DO $$ DECLARE l record; BEGIN
            FOR l IN SELECT * FROM specs_saved.list LOOP
                IF l.relkind = 'r' THEN
                    EXECUTE format('CREATE TABLE specs_saved.%I AS TABLE %s', l.copy, l.name);
                ELSE
                    EXECUTE format('UPDATE specs_saved.list SET (value, called) = '
                        '(SELECT last_value, is_called FROM %s) WHERE name = $1', l.name) USING l.name;
                END IF;
            END LOOP;
        END $$;
        """;

    /// <summary>SQL that brings it back.</summary>
    internal const string RestoreSql = """
        DO $$ DECLARE l record; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR l IN SELECT * FROM specs_saved.list LOOP
                IF l.relkind = 'r' THEN
                    EXECUTE format('DELETE FROM ONLY %s', l.name);
                    EXECUTE format('INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE specs_saved.%I', l.name, l.copy);
                ELSE
                    PERFORM setval(l.name::regclass, l.value, l.called);
                END IF;
            END LOOP;
        END $$
        """;

    /// <summary>Brings it back.</summary>
    /// <param name="connection">An open connection; nobody else works in the database.</param>
    /// <returns>Whether that could be done: not every role may keep triggers from firing.</returns>
    public static async Task<bool> RestoreAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand(RestoreSql, connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}

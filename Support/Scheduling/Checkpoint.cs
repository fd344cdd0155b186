namespace Specs.Support.Scheduling;

/// <summary>
/// Brings the tables and sequences of a database back to what they were, without a trigger firing. An order that broke
/// nothing has changed only rows; a new copy of the database for each order takes the server many times as long.
/// </summary>
/// <remarks>
/// Only what has changed is written: a table that has as many rows as before, none of them of a transaction after the
/// last time that this was done. The session must have session_replication_role = replica before, and keep it: a change
/// of it throws away all plans of a session.
/// </remarks>
internal static class Checkpoint
{
    /// <summary>Saves what is there, and makes the function that brings it back.</summary>
    public const string SaveSql = """
        CREATE SCHEMA specs_saved;
        CREATE TABLE specs_saved.list AS
            SELECT oid::regclass::text AS name, 'saved_' || oid AS copy, relkind
            FROM pg_class WHERE relkind IN ('r', 'S') AND relpersistence <> 't'
                AND relnamespace::regnamespace::text
                    NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'specs_saved');
        DO $do$
        DECLARE
            l record;
            rows bigint;
            written text;
            value bigint;
            called boolean;
            body text := '';
        BEGIN
            FOR l IN SELECT * FROM specs_saved.list LOOP
                IF l.relkind = 'r' THEN
                    EXECUTE format('CREATE TABLE specs_saved.%I AS TABLE %s', l.copy, l.name);
                    EXECUTE format('SELECT count(*) FROM specs_saved.%I', l.copy) INTO rows;
                    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO written FROM pg_attribute
                    WHERE attrelid = l.name::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped;
                    body := body || format($$
                        IF (SELECT count(*) <> %3$s OR coalesce(bool_or(age(xmin) < done), false) FROM ONLY %1$s) THEN
                            DELETE FROM ONLY %1$s;
                            INSERT INTO %1$s (%4$s) OVERRIDING SYSTEM VALUE SELECT %4$s FROM specs_saved.%2$I;
                        END IF;$$, l.name, l.copy, rows, written);
                ELSE
                    EXECUTE format('SELECT last_value, is_called FROM %s', l.name) INTO value, called;
                    body := body || format($$
                        IF (SELECT (last_value, is_called) IS DISTINCT FROM (%2$s, %3$L::boolean) FROM %1$s) THEN
                            PERFORM setval(%1$L, %2$s, %3$L);
                        END IF;$$, l.name, value, called);
                END IF;
            END LOOP;
            EXECUTE format($$
                CREATE FUNCTION specs_saved.restore() RETURNS void LANGUAGE plpgsql AS $body$
                DECLARE
                    done int := coalesce(age(nullif(current_setting('specs.restored', true), '')::xid), 2147483647);
                BEGIN %s
                    PERFORM set_config('specs.restored', pg_current_xact_id()::xid::text, false);
                END $body$ $$, body);
        END $do$;
        """;

    /// <summary>What the session that brings it back sets at its beginning.</summary>
    internal const string NoTriggersSql = "SET session_replication_role = replica";

    /// <summary>SQL that brings it back.</summary>
    internal const string RestoreSql = "SELECT specs_saved.restore()";
}

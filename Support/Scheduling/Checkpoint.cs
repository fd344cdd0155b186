namespace Specs.Support.Scheduling;

/// <summary>
/// Brings the tables and sequences of a database back to what they were, without a trigger firing. An order that broke
/// nothing has changed only rows; a new copy of the database for each order takes the server many times as long.
/// </summary>
/// <remarks>
/// Only what has changed is written: a table that has as many rows as before, none of them of a transaction after the
/// last time that this was done. A sequence from which no column takes its values goes on: what somebody does each
/// fiftieth time, by a count of their own, must come in permutations too. The session must have
/// session_replication_role = replica before, and keep it: a change of it throws away all plans of a session. Without
/// it nothing is brought back, and the answer is false.
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
                    NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'specs_saved')
                AND (relkind = 'r' OR EXISTS (
                    SELECT FROM pg_depend d
                    WHERE d.refobjid = pg_class.oid AND d.classid = 'pg_attrdef'::regclass
                        OR d.objid = pg_class.oid AND d.classid = 'pg_class'::regclass AND d.refobjsubid > 0));
        DO $do$
        DECLARE
            l record;
            rows bigint;
            written text;
            value bigint;
            called boolean;
            changed text[];
            body text := '';
        BEGIN
            FOR l IN SELECT * FROM specs_saved.list LOOP
                IF l.relkind = 'r' THEN
                    EXECUTE format('CREATE TABLE specs_saved.%I AS TABLE %s', l.copy, l.name);
                    EXECUTE format('SELECT count(*) FROM specs_saved.%I', l.copy) INTO rows;
                    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO written FROM pg_attribute
                    WHERE attrelid = l.name::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped;
                    changed := changed || format(
                        '(SELECT count(*) <> %s OR coalesce(bool_or(age(xmin) < done), false) FROM ONLY %s)',
                        rows, l.name);
                    body := body || format($$
                        IF changed[%3$s] THEN
                            DELETE FROM ONLY %1$s;
                            INSERT INTO %1$s (%4$s) OVERRIDING SYSTEM VALUE SELECT %4$s FROM specs_saved.%2$I;
                        END IF;$$, l.name, l.copy, cardinality(changed), written);
                ELSE
                    EXECUTE format('SELECT last_value, is_called FROM %s', l.name) INTO value, called;
                    changed := changed || format(
                        '(SELECT (last_value, is_called) IS DISTINCT FROM (%s, %L::boolean) FROM %s)',
                        value, called, l.name);
                    body := body || format($$
                        IF changed[%4$s] THEN
                            PERFORM setval(%1$L, %2$s, %3$L);
                        END IF;$$, l.name, value, called, cardinality(changed));
                END IF;
            END LOOP;
            EXECUTE format($$
                CREATE FUNCTION specs_saved.restore() RETURNS boolean LANGUAGE plpgsql AS $body$
                DECLARE
                    done int := coalesce(age(nullif(current_setting('specs.restored', true), '')::xid), 2147483647);
                    -- One statement: to begin one takes longer than to look at a small table.
                    changed boolean[] := ARRAY[%s];
                BEGIN
                    IF current_setting('session_replication_role') <> 'replica' THEN
                        RETURN false;
                    END IF; %s
                    PERFORM set_config('specs.restored', pg_current_xact_id()::xid::text, false);
                    RETURN true;
                END $body$ $$, array_to_string(changed, ', '), body);
        END $do$;
        """;

    /// <summary>What the session that brings it back sets at its beginning.</summary>
    internal const string NoTriggersSql = "SET session_replication_role = replica";

    /// <summary>SQL expression that brings it back; false where it may not.</summary>
    internal const string Restore = "specs_saved.restore()";
}

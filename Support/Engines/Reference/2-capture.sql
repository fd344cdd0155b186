-- The reference engine, part 2: a statement on a source table fills the refresh queue.

-- From how many changed rows or keys on is it cheaper to compare the whole TVIEW? A quarter of it, as the statistics say.
CREATE FUNCTION tviews_reference.bulk(tview integer) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT greatest(1000, reltuples / 4) FROM pg_class JOIN tviews_reference.tview t ON t.relation = oid
            WHERE t.number = tview);
END $$;

-- Makes the trigger function of one source of one TVIEW. Its statements stand in its text, with their columns, so
-- PostgreSQL plans them once in a session. Columns: those of an image; null where all rows are concerned anyway.
CREATE FUNCTION tviews_reference.make_capture(tview integer, source integer, columns name[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $make$
DECLARE
    listed constant text := (SELECT string_agg(quote_ident(c), ', ' ORDER BY n) FROM unnest(columns) WITH ORDINALITY c(c, n));
    e record;
    body text := '';
BEGIN
    FOR e IN VALUES
        ('INSERT', 'added', 'SELECT jsonb_build_array(true, %1$s) FROM added'),
        ('UPDATE', 'removed', 'SELECT jsonb_build_array(min("old or new") = max("old or new"), %1$s) FROM (
                    SELECT %1$s, 0 AS "old or new" FROM removed UNION ALL SELECT %1$s, 1 FROM added) r GROUP BY %1$s'),
        ('DELETE', 'removed', 'SELECT jsonb_build_array(true, %1$s) FROM removed')
    LOOP
        body := body || format($sql$
    WHEN %L THEN
        INSERT INTO tviews_reference.queue
        SELECT pg_current_xact_id(), %s, %s, %s
        FROM (SELECT count(*) AS rows FROM %s) n WHERE rows > 0;$sql$, e.column1, tview, source,
            CASE WHEN columns IS NULL THEN 'NULL' ELSE format($sql$CASE WHEN rows <= 1000 OR rows <= tviews_reference.bulk(%s) THEN ARRAY(
                %s) END$sql$, tview, format(e.column3, listed)) END, e.column2);
    END LOOP;
    EXECUTE format($sql$
CREATE OR REPLACE FUNCTION tviews_reference.capture_%s_%s() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE TG_OP%s
    WHEN 'TRUNCATE' THEN
        INSERT INTO tviews_reference.queue VALUES (pg_current_xact_id(), %1$s, %2$s, NULL);
    END CASE;
    RETURN NEW;
END $$ $sql$, tview, source, body);
END $make$;

-- Installs the triggers of one source of one TVIEW; drop_triggers takes them away again. A statement fires those of the
-- table that it names, and somebody may name a partition.
CREATE FUNCTION tviews_reference.create_triggers(tview integer, source regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event text;
    named regclass;
BEGIN
    FOR event, named IN
        SELECT e, r FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) e,
            (SELECT source UNION SELECT relid FROM pg_partition_tree(source)) n(r)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s %s FOR EACH STATEMENT
                        EXECUTE FUNCTION tviews_reference.capture_%s_%s()',
            'tview_' || tview || '_' || lower(event), event, named,
            CASE event
                WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS added'
                WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS removed'
                WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS removed NEW TABLE AS added' END,
            tview, tviews_reference.number_of(source));
    END LOOP;
END $$;

CREATE FUNCTION tviews_reference.drop_triggers(tview integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT tgname, tgrelid FROM pg_trigger WHERE starts_with(tgname, 'tview_' || tview || '_') LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass);
    END LOOP;
END $$;

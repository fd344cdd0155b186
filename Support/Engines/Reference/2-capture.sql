-- The reference engine, part 2: a statement on a source table fills the refresh queue.

-- From how many changed rows or keys on is it cheaper to compare the whole TVIEW? A quarter of it, as the statistics say.
CREATE FUNCTION tviews_reference.bulk(tview oid) RETURNS double precision
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT greatest(1000, reltuples / 4) FROM pg_class WHERE oid = tview);
END $$;

-- Statement trigger of every source. Arguments: the TVIEW's oid, and the SQL that makes the image of a row.
CREATE FUNCTION tviews_reference.capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed constant text := CASE TG_OP
        WHEN 'INSERT' THEN 'added'
        WHEN 'DELETE' THEN 'removed'
        WHEN 'UPDATE' THEN '(TABLE removed UNION ALL TABLE added)' END;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO tviews_reference.queue VALUES (pg_current_xact_id(), TG_ARGV[0]::oid, TG_RELID, 'null')
        ON CONFLICT DO NOTHING;
    ELSE
        EXECUTE format(
            'INSERT INTO tviews_reference.queue
             SELECT DISTINCT $1, $2, $3, CASE WHEN many THEN jsonb ''null'' ELSE %1$s END
             FROM %2$s r, (SELECT count(*) > tviews_reference.bulk($2) AS many FROM %2$s n) n
             ON CONFLICT DO NOTHING', TG_ARGV[1], changed)
        USING pg_current_xact_id(), TG_ARGV[0]::oid, TG_RELID;
    END IF;
    -- After the queue: with SET CONSTRAINTS ALL IMMEDIATE the flush runs within this INSERT.
    INSERT INTO tviews_reference.ticket VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Installs the triggers of one source of one TVIEW; drop_triggers takes them away again.
CREATE FUNCTION tviews_reference.create_triggers(tview oid, source oid, image text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event text;
BEGIN
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s %s FOR EACH STATEMENT
                        EXECUTE FUNCTION tviews_reference.capture(%L, %L)',
            'tview_' || tview || '_' || lower(event), event, source::regclass,
            CASE event
                WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS added'
                WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS removed'
                WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS removed NEW TABLE AS added' END,
            tview, image);
    END LOOP;
END $$;

CREATE FUNCTION tviews_reference.drop_triggers(tview oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT tgname, tgrelid FROM pg_trigger WHERE starts_with(tgname, 'tview_' || tview || '_') LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass);
    END LOOP;
END $$;

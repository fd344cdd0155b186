-- Triggers number the images of changed rows, and a worker calls refresh() again and again. It takes what lies above the
-- last number that it saw. That is wrong: numbers are given when rows are written, and not when they are committed. What
-- a transaction wrote before the last number that was seen, and commits afterwards, is below it and lost for ever.

CREATE SCHEMA queue_worker;
CREATE TABLE queue_worker.tview (
    id serial PRIMARY KEY, name text UNIQUE NOT NULL, query text NOT NULL, key text NOT NULL);
CREATE TABLE queue_worker.change (
    number bigserial PRIMARY KEY, tview text NOT NULL, source regclass NOT NULL, image text);  -- null: all rows
CREATE TABLE queue_worker.seen (number bigint NOT NULL);
INSERT INTO queue_worker.seen VALUES (0);
CREATE VIEW queue_worker.unseen AS
    SELECT * FROM queue_worker.change WHERE number > (SELECT number FROM queue_worker.seen);

CREATE FUNCTION queue_worker.queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO queue_worker.change (tview, source, image)
    SELECT TG_ARGV[0], TG_RELID, image FROM (SELECT OLD::text UNION SELECT NEW::text) i(image)
    WHERE image IS NOT NULL OR TG_OP = 'TRUNCATE';
    RETURN NULL;
END $$;

-- The tables that a TVIEW's query reads, those first to which others refer.
CREATE FUNCTION queue_worker.sources(tview text) RETURNS SETOF regclass LANGUAGE sql AS $$
    SELECT DISTINCT d.refobjid::regclass FROM pg_rewrite r
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p')
    WHERE r.ev_class = format('queue_worker.%I', tview)::regclass ORDER BY 1
$$;

-- SQL: the keys that the queued images of one source concern. They are found now and not when the row was written: a
-- writer does not see what others have not committed. The other sources are read as they are, and as they were.
CREATE FUNCTION queue_worker.keys_sql(tv queue_worker.tview, changed regclass) RETURNS text
LANGUAGE sql AS $$
    SELECT format('WITH %s SELECT %I::text FROM (%s) q', string_agg(format('%1$s AS (%2$sSELECT (image::%1$s).* FROM '
            'queue_worker.unseen WHERE tview = %3$L AND source = %4$s)', s,
            CASE WHEN s <> changed THEN format('SELECT * FROM %s UNION ALL ', s) END, tv.name, s::oid), ', '),
        tv.key, tv.query)
    FROM queue_worker.sources(tv.name) s
$$;

CREATE FUNCTION queue_worker.recompute(tv queue_worker.tview) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found text[] := '{}';
    keys text[];
    mine text := format('(%1$I IS NULL OR %1$I::text = ANY ($1))', tv.key);
    changed record;
BEGIN
    FOR changed IN SELECT source, bool_or(image IS NULL) AS entirely FROM queue_worker.unseen
                   WHERE tview = tv.name GROUP BY source LOOP
        IF changed.entirely THEN
            mine := 'true';
        ELSE
            EXECUTE format('SELECT array_agg(DISTINCT key) FROM (%s) k(key)',
                queue_worker.keys_sql(tv, changed.source)) INTO keys;
            found := found || keys;
        END IF;
    END LOOP;
    EXECUTE format('DELETE FROM %I WHERE %s', tv.name, mine) USING found;
    EXECUTE format('INSERT INTO %I SELECT * FROM (%s) q WHERE %s', tv.name, tv.query, mine) USING found;
END $$;

CREATE PROCEDURE queue_worker.refresh() LANGUAGE plpgsql AS $$
DECLARE
    read regclass[] := ARRAY(SELECT DISTINCT s FROM queue_worker.tview t, queue_worker.sources(t.name) s
                             WHERE s::text NOT IN (SELECT name FROM queue_worker.tview) ORDER BY 1 DESC);
    tv queue_worker.tview;
BEGIN
    LOOP
        COMMIT;
        SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;    -- all TVIEWs show the same moment
        -- Whoever makes or drops a TVIEW has to wait, before he locks any table.
        LOCK TABLE queue_worker.tview IN SHARE UPDATE EXCLUSIVE MODE;
        EXIT WHEN read = '{}';
        EXECUTE format('LOCK TABLE %s IN ACCESS SHARE MODE', array_to_string(read, ', '));
        -- A table that was truncated after the snapshot looks empty in it, and a TVIEW that was dropped is there.
        EXIT WHEN NOT EXISTS (SELECT FROM pg_class WHERE oid = ANY (read) AND relfilenode <> pg_relation_filenode(oid))
            AND NOT EXISTS (SELECT FROM queue_worker.tview WHERE to_regclass(name) IS NULL);
    END LOOP;
    FOR tv IN SELECT * FROM queue_worker.tview ORDER BY id LOOP     -- those first that others read
        IF EXISTS (SELECT FROM queue_worker.unseen WHERE tview = tv.name) THEN
            PERFORM queue_worker.recompute(tv);
        END IF;
    END LOOP;
    UPDATE queue_worker.seen SET number = (SELECT coalesce(max(number), 0) FROM queue_worker.change);
END $$;

CREATE FUNCTION queue_worker.create_tview(name text, query text, key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    LOCK TABLE queue_worker.tview IN SHARE ROW EXCLUSIVE MODE;    -- one at a time
    EXECUTE format('CREATE VIEW queue_worker.%I AS %s', name, query);
    FOR source IN SELECT * FROM queue_worker.sources(name) LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
            'EXECUTE FUNCTION queue_worker.queue(%L)', 'queue_worker_' || name, source, name);
        EXECUTE format('CREATE TRIGGER %I AFTER TRUNCATE ON %s EXECUTE FUNCTION queue_worker.queue(%L)',
            'queue_worker_all_' || name, source, name);
    END LOOP;
    -- Every writer has been waited for, and the next statement sees what they wrote.
    EXECUTE format('CREATE TABLE %I AS %s', name, query);
    INSERT INTO queue_worker.tview (name, query, key) VALUES (name, query, key);
END $$;

CREATE FUNCTION queue_worker.drop_tview(dropped text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    LOCK TABLE queue_worker.tview IN SHARE ROW EXCLUSIVE MODE;
    -- Whoever inserts a row locks its table first, and then the one to which it refers.
    FOR source IN SELECT * FROM queue_worker.sources(dropped) ORDER BY 1 DESC LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', 'queue_worker_' || dropped, source);
        EXECUTE format('DROP TRIGGER %I ON %s', 'queue_worker_all_' || dropped, source);
    END LOOP;
    EXECUTE format('DROP VIEW queue_worker.%I', dropped);
    EXECUTE format('DROP TABLE %I', dropped);     -- fails with 2BP01 where another TVIEW reads it
    DELETE FROM queue_worker.tview WHERE name = dropped;
END $$;

-- The reference engine, part 4: the flush, once a transaction, at COMMIT or at PREPARE TRANSACTION.

-- Follows every queued image to the rows to lock and the keys to refresh, with a fresh snapshot.
CREATE FUNCTION tviews_reference.reach() RETURNS SETOF tviews_reference.reached
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me constant xid8 := pg_current_xact_id();
    s record;
BEGIN
    FOR s IN
        SELECT q.tview, q.source, p.walk, bool_or(q.image = 'null') AS everything
        FROM tviews_reference.queue q JOIN tviews_reference.source p ON (p.tview, p.relation) = (q.tview, q.source)
        WHERE q.xid = me
        GROUP BY q.tview, q.source, p.walk
    LOOP
        IF s.everything OR s.walk IS NULL THEN
            RETURN QUERY VALUES (s.source, NULL, true), (s.tview, NULL, true);
        ELSE
            RETURN QUERY EXECUTE s.walk USING me, s.tview, s.source;
        END IF;
    END LOOP;
END $$;

-- SQL that locks all tables that a flush may read. TRUNCATE locks its table from its statement on until its own flush is
-- done: who waits for that table must not hold value locks, for which that flush may wait. So this comes before them.
CREATE FUNCTION tviews_reference.lock_what_is_read(me xid8) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
    WITH RECURSIVE owed(tview) AS (
        SELECT tview FROM tviews_reference.queue WHERE xid = me
        UNION SELECT s.tview FROM owed JOIN tviews_reference.source s ON s.relation = owed.tview
    ), read(relation) AS (
        SELECT tview FROM owed UNION SELECT s.relation FROM owed JOIN tviews_reference.source s USING (tview)
    )
    SELECT coalesce('LOCK TABLE ONLY ' || string_agg(relation::regclass::text, ', ONLY ' ORDER BY relation)
                    || ' IN ACCESS SHARE MODE', 'SELECT')
    FROM read WHERE relation IN (SELECT oid FROM pg_class));
END $$;

-- (No JIT: it would compile these small queries for longer than they run.)
CREATE FUNCTION tviews_reference.flush() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me constant xid8 := pg_current_xact_id();
    reached tviews_reference.reached[];
    wanted tviews_reference.value_lock[] := '{}';   -- survives a restart
    held tviews_reference.value_lock[];
    missing tviews_reference.value_lock[];
    t tviews_reference.tview;
    keys text[];
BEGIN
    -- A deferred foreign key's check waits for base rows. It must not do so while this transaction holds value locks:
    -- the other one may have changed that row, and wait for them. So let whatever was deferred by now go first.
    IF NOT NEW.due THEN
        DELETE FROM tviews_reference.ticket WHERE xid = me;
        INSERT INTO tviews_reference.ticket VALUES (me, true);
        RETURN NULL;
    END IF;
    LOOP
        BEGIN   -- a subtransaction: leaving it by an error gives its locks back
            held := '{}';
            EXECUTE tviews_reference.lock_what_is_read(me);
            WHILE EXISTS (SELECT FROM tviews_reference.queue WHERE xid = me) LOOP
                -- Lock until nothing more is reached: others may have committed while this one waited.
                LOOP
                    reached := ARRAY(SELECT r FROM tviews_reference.reach() r);
                    missing := ARRAY(
                        SELECT (place, class, object, bool_or(exclusive))::tviews_reference.value_lock
                        FROM (SELECT * FROM tviews_reference.locks_of(reached) UNION ALL SELECT * FROM unnest(wanted)) n
                        GROUP BY place, class, object
                        EXCEPT SELECT h FROM unnest(held) h);
                    missing := ARRAY(   -- an exclusive lock covers a shared one
                        SELECT m FROM unnest(missing) m WHERE m.exclusive
                        OR NOT EXISTS (SELECT FROM unnest(held) h WHERE h.place = m.place));
                    EXIT WHEN cardinality(missing) = 0;
                    wanted := wanted || missing;
                    IF (SELECT min(place) FROM unnest(missing)) <= (SELECT max(place) FROM unnest(held)) THEN
                        RAISE SQLSTATE 'TVAGN' USING MESSAGE = 'the affected set grew';
                    END IF;
                    PERFORM tviews_reference.take(missing);
                    held := held || missing;
                END LOOP;
                -- The lowest level that owes something; its writes queue what the next level owes.
                FOR t IN
                    SELECT * FROM (
                        SELECT v.*, min(v.level) OVER () AS lowest FROM tviews_reference.tview v
                        WHERE relation IN (SELECT tview FROM tviews_reference.queue WHERE xid = me)) v
                    WHERE level = lowest ORDER BY relation
                LOOP
                    DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation;
                    keys := ARRAY(SELECT DISTINCT value FROM unnest(reached) WHERE relation = t.relation);
                    IF array_position(keys, NULL) IS NOT NULL OR cardinality(keys) > tviews_reference.bulk(t.relation) THEN
                        keys := NULL;
                    END IF;
                    EXECUTE t.refresh USING keys;
                END LOOP;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'the refresh queue holds keys of a TVIEW that is not there' USING ERRCODE = '55000';
                END IF;
            END LOOP;
            EXIT;
        EXCEPTION WHEN SQLSTATE 'TVAGN' THEN
            NULL;   -- start again, with the larger set in the right order
        END;
    END LOOP;
    DELETE FROM tviews_reference.ticket WHERE xid = me;
    IF random() < 0.02 AND current_setting('transaction_isolation') = 'read committed' THEN
        PERFORM tviews_reference.forget_traces();
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER flush AFTER INSERT ON tviews_reference.ticket
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tviews_reference.flush();

-- The reference engine, part 3: value locks.
--
-- At READ COMMITTED "recompute this row" is not enough: while one transaction renames user 1, another inserts a post
-- of user 1; neither sees the other. So a flush locks *values*, (relation, key), whether such a row exists or not:
-- exclusive on the rows it changed, on the rows from which it looks for others that point there, and on the TVIEW
-- rows it writes; shared on every row that a changed row points to. All in one global order, all at flush time.

-- SQL that makes a number of a value; equal values have the same one, whatever their type. (Two values with one number
-- only wait for each other without need.)
CREATE FUNCTION tviews_reference.number_sql(value text, type oid) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format(CASE
        WHEN type IN ('smallint'::regtype, 'integer'::regtype) THEN '%s::integer'
        WHEN type = 'bigint'::regtype THEN '%s::bit(32)::integer'      -- what fits into an integer stays as it is
        ELSE 'hashtext(%s::text)' END, value)
$$;

-- The locks for what the walks reached. Relation locks stand in class 0: shared beside locks on single values,
-- exclusive instead of them where all rows or too many are concerned (the shared lock table is small).
-- (Whatever runs at every flush is PL/pgSQL: it keeps its plans, which a function in SQL makes anew for each call.)
CREATE FUNCTION tviews_reference.locks_of(reached tviews_reference.reached[]) RETURNS tviews_reference.value_lock[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        WITH value AS (
            SELECT relation, number, bool_or(exclusive) AS exclusive FROM unnest(reached) GROUP BY relation, number
        ), relation AS (
            SELECT relation, count(number) > 32 OR bool_or(number IS NULL AND exclusive) AS whole FROM value GROUP BY relation
        )
        SELECT (ARRAY[relation, 0, 0], 0, relation, whole)::tviews_reference.value_lock FROM relation
        UNION ALL
        SELECT (ARRAY[relation, 1, v.number], relation, v.number, v.exclusive)::tviews_reference.value_lock
        FROM relation r JOIN value v USING (relation) WHERE NOT r.whole AND v.number IS NOT NULL);
END $$;

-- What of the wanted locks is not held yet; an exclusive lock covers a shared one.
CREATE FUNCTION tviews_reference.missing_of(wanted tviews_reference.value_lock[], held tviews_reference.value_lock[])
RETURNS tviews_reference.value_lock[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT (place, class, object, bool_or(exclusive))::tviews_reference.value_lock
        FROM unnest(wanted) w
        WHERE NOT EXISTS (SELECT FROM unnest(held) h WHERE h.place = w.place AND (h.exclusive OR NOT w.exclusive))
        GROUP BY place, class, object);
END $$;

-- Takes the locks in their global order and leaves their trace.
CREATE FUNCTION tviews_reference.take(locks tviews_reference.value_lock[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    l record;
BEGIN
    INSERT INTO tviews_reference.lock_trace
    SELECT pg_current_xact_id(), class, object, exclusive FROM (
        SELECT class, object, exclusive, CASE WHEN exclusive THEN pg_advisory_xact_lock(class, object)::text
                                              ELSE pg_advisory_xact_lock_shared(class, object)::text END AS taken
        FROM (SELECT * FROM unnest(locks) ORDER BY place) in_order) l
    WHERE taken IS NOT NULL
    ON CONFLICT DO NOTHING;
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        PERFORM tviews_reference.refuse_stale_snapshot(locks);
    END IF;
    FOR l IN SELECT object FROM unnest(locks) WHERE class = 0 AND exclusive LOOP
        UPDATE tviews_reference.relation SET xid = pg_current_xact_id() WHERE number = l.object;
    END LOOP;
END $$;

-- REPEATABLE READ and SERIALIZABLE cannot take a fresh snapshot after the last lock. What they would miss are the
-- commits since their snapshot that held a conflicting lock; such a commit means 40001.
CREATE FUNCTION tviews_reference.refuse_stale_snapshot(locks tviews_reference.value_lock[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen constant pg_snapshot := pg_current_snapshot();
    me constant bigint := pg_current_xact_id()::text::bigint;
    newest bigint;
    unseen xid8[];
BEGIN
    -- Whole relations: PostgreSQL itself fails with 40001 to lock a row that was updated since the snapshot.
    PERFORM FROM tviews_reference.relation
    WHERE number IN (SELECT object FROM unnest(locks) WHERE class = 0) FOR SHARE;
    -- Values: the trace of an unseen commit is just as invisible, but a unique index shows it all the same: INSERT …
    -- ON CONFLICT DO NOTHING fails with 40001 on a row that the snapshot cannot see. So try the trace of every
    -- transaction that committed since, in one order for all who try, and take those attempts back.
    -- (The id of a subtransaction that writes, as this block is, is newer than every id given out so far.)
    INSERT INTO tviews_reference.lock_trace VALUES (pg_current_xact_id(), 0, 0, true)
    RETURNING me - age(xmin) INTO newest;
    unseen := ARRAY(
        SELECT x::text::xid8 FROM (
            SELECT pg_snapshot_xip(seen)::text::bigint
            UNION SELECT generate_series(pg_snapshot_xmax(seen)::text::bigint, newest)) c(x)
        WHERE x <> me AND pg_xact_status(x::text::xid8) = 'committed');
    INSERT INTO tviews_reference.lock_trace
    SELECT x, l.class, l.object, e.exclusive
    FROM unnest(unseen) x, unnest(locks) l, (VALUES (true), (false)) e(exclusive)
    WHERE CASE WHEN l.class = 0 THEN l.exclusive ELSE l.exclusive OR e.exclusive END
    ORDER BY 1, 2, 3, 4
    ON CONFLICT DO NOTHING;
    RAISE SQLSTATE 'TVOK0';
EXCEPTION WHEN SQLSTATE 'TVOK0' THEN
    RETURN;
END $$;

-- A trace is of no use once every running snapshot sees its transaction. (One that is newer than this snapshot, and not
-- this transaction's own, is of another server, whose dump was restored here.)
CREATE FUNCTION tviews_reference.forget_traces() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    oldest constant xid8 := (SELECT (pg_current_xact_id()::text::bigint - max(age(backend_xmin)))::text::xid8
                             FROM pg_stat_get_activity(NULL));
BEGIN
    DELETE FROM tviews_reference.lock_trace WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM tviews_reference.lock_trace
        WHERE xid < oldest OR xid >= pg_snapshot_xmax(pg_current_snapshot()) AND xid <> pg_current_xact_id()
        LIMIT 5000 FOR UPDATE SKIP LOCKED));
END $$;

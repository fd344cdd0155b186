-- The reference engine, part 7: a TVIEW when tables are altered, and taking one away with everything that belongs to it.

-- After ALTER TABLE of a TVIEW or of what it reads: what no TVIEW can be made of is refused, and the texts of functions
-- follow what was renamed. (The defining query is a view, which PostgreSQL itself lets follow, and for whose sake it
-- refuses to drop a column, or to change its type.)
CREATE FUNCTION tviews_reference.after_alter() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    altered constant oid[] := ARRAY(SELECT objid FROM pg_event_trigger_ddl_commands());
    t tviews_reference.tview;
BEGIN
    FOR t IN
        SELECT * FROM tviews_reference.tview v
        WHERE tg_tag <> 'ALTER TABLE' OR v.relation = ANY (altered)
            OR EXISTS (
                SELECT FROM tviews_reference.source s WHERE s.tview = v.relation AND (s.relation = ANY (altered)
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = s.relation)))   -- by ALTER TABLE of another one
        ORDER BY level, number
    LOOP
        PERFORM tviews_reference.validate_tables(t.relation, t.backing);
        PERFORM tviews_reference.make_anew(t);
    END LOOP;
    IF FOUND THEN
        PERFORM tviews_reference.make_switches();
    END IF;
END $$;

CREATE FUNCTION tviews_reference.make_anew(t tviews_reference.tview) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s record;
BEGIN
    PERFORM pg_advisory_xact_lock(0, 0);
    PERFORM tviews_reference.make_refresh(t.relation, t.backing, t.key_column);
    FOR s IN
        SELECT n.*, o.columns AS former FROM tviews_reference.sources_of(t.relation, t.backing, t.key_column) n
        JOIN tviews_reference.source o ON o.tview = t.relation AND o.relation = n.relation
    LOOP
        IF s.columns IS DISTINCT FROM s.former THEN
            -- A key has come or gone, and queued images have the former columns. Who queued them ends first.
            PERFORM tviews_reference.lock_relations(ARRAY(
                SELECT relation::oid FROM tviews_reference.source WHERE tview = t.relation ORDER BY relation), 'SHARE ROW EXCLUSIVE');
            UPDATE tviews_reference.queue SET images = NULL WHERE xid = pg_current_xact_id() AND tview = t.number;
            UPDATE tviews_reference.source SET columns = s.columns WHERE tview = t.relation AND relation = s.relation;
        END IF;
        PERFORM tviews_reference.make_source(t.relation, s.relation, s.names, s.walks);
    END LOOP;
END $$;

CREATE FUNCTION public.pg_tviews_drop(name text, if_exists boolean DEFAULT false) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    tv oid := to_regclass(name);
    gone tviews_reference.tview;
BEGIN
    IF NOT EXISTS (SELECT FROM tviews_reference.tview WHERE relation = tv) THEN
        IF if_exists THEN
            RETURN false;
        END IF;
        RAISE EXCEPTION 'there is no TVIEW %', name USING ERRCODE = '42704',
            HINT = 'Look at pg_tview_meta, or say if_exists => true.';
    END IF;
    IF EXISTS (SELECT FROM tviews_reference.source WHERE relation = tv) THEN
        RAISE EXCEPTION 'another TVIEW reads %', tv::regclass USING ERRCODE = '2BP01',
            HINT = 'Drop that one first, or use DROP TABLE … CASCADE.';
    END IF;
    PERFORM tviews_reference.lock_for_drop(ARRAY[tv]);
    IF to_regclass(name) IS DISTINCT FROM tv THEN    -- dropped while this session waited
        RETURN public.pg_tviews_drop(name, if_exists);
    END IF;
    DELETE FROM tviews_reference.tview WHERE relation = tv RETURNING * INTO gone;
    PERFORM tviews_reference.remove(gone);
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION public.pg_tviews_drop FROM PUBLIC;

-- Locks some TVIEWs and all that they read, base tables first. First in a mode that keeps new writers out but lets
-- those under way still read what their flush needs; then in the mode that dropping a trigger takes.
CREATE FUNCTION tviews_reference.lock_for_drop(tviews oid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT tviews_reference.lock_relations(ARRAY(
        SELECT r.relation FROM (
            SELECT relation FROM unnest(tviews) relation
            UNION SELECT relation FROM tviews_reference.source WHERE tview = ANY(tviews)) r
        LEFT JOIN tviews_reference.tview t ON t.relation = r.relation
        ORDER BY coalesce(t.level, 0), r.relation), 'SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE')
$$;

-- DROP TABLE tv_x: take the locks in that careful way before DROP takes its own.
CREATE FUNCTION tviews_reference.before_drop() RETURNS event_trigger
LANGUAGE plpgsql AS $$
DECLARE
    names constant text := (regexp_match(current_query(),
        '^\s*drop\s+table\s+(?:if\s+exists\s+)?(.*?)\s*(?:cascade|restrict)?\s*;?\s*$', 'i'))[1];
BEGIN
    IF NOT has_schema_privilege('tviews_reference', 'USAGE') THEN
        RETURN;     -- an ordinary role, who drops a table of its own
    END IF;
    PERFORM tviews_reference.lock_for_drop(tviews) FROM (
        SELECT array_agg(to_regclass(trim(n))::oid) AS tviews FROM regexp_split_to_table(names, ',') n
        WHERE to_regclass(trim(n)) IN (SELECT relation FROM tviews_reference.tview)) t
    WHERE tviews IS NOT NULL;
END $$;

-- What a TVIEW that is no longer in the catalogue still has.
CREATE FUNCTION tviews_reference.remove(t tviews_reference.tview) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made regprocedure;
BEGIN
    PERFORM tviews_reference.drop_triggers(t.number);
    FOR made IN SELECT oid FROM pg_proc WHERE pronamespace = 'tviews_reference'::regnamespace
        AND proname ~ format('^(capture_%s_.*|walk_%1$s_.*|refresh_%1$s)$', t.number)
    LOOP
        EXECUTE format('DROP FUNCTION %s', made);
    END LOOP;
    PERFORM tviews_reference.make_switches();
    DELETE FROM tviews_reference.queue WHERE xid = pg_current_xact_id() AND tview = t.number;
    IF EXISTS (SELECT FROM pg_class WHERE oid = t.backing) THEN
        EXECUTE format('DROP VIEW %s', t.backing);
    END IF;
    IF EXISTS (SELECT FROM pg_class WHERE oid = t.relation) THEN
        EXECUTE format('DROP TABLE %s', t.relation);
    END IF;
    DELETE FROM tviews_reference.relation WHERE relation = t.relation;
END $$;

-- Whatever part of a TVIEW was dropped, by whichever command: the rest goes with it.
CREATE FUNCTION tviews_reference.after_drop() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t tviews_reference.tview;
BEGIN
    DELETE FROM tviews_reference.noted n USING pg_event_trigger_dropped_objects() d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = n.relation AND d.objsubid = 0;
    DELETE FROM tviews_reference.relation r USING pg_event_trigger_dropped_objects() d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = r.relation AND d.objsubid = 0;
    FOR t IN
        DELETE FROM tviews_reference.tview v USING pg_event_trigger_dropped_objects() d
        WHERE d.classid = 'pg_class'::regclass AND d.objid IN (v.relation, v.backing) AND d.objsubid = 0
        RETURNING v.*
    LOOP
        PERFORM tviews_reference.remove(t);
    END LOOP;
END $$;

-- The reference engine, part 6: making a table a TVIEW.

-- The one SELECT that a text is, or an error.
CREATE FUNCTION tviews_reference.single_select(query text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trimmed constant text := regexp_replace(query, '\s*;?\s*$', '');
BEGIN
    IF regexp_replace(trimmed, $q$'[^']*'|"[^"]*"$q$, '', 'g') ~ ';' OR trimmed !~* '^\s*\(*\s*(select|with)\y' THEN
        RAISE EXCEPTION 'a defining query is one SELECT statement' USING ERRCODE = '42601',
            HINT = 'Give a single SELECT without further statements.';
    END IF;
    RETURN trimmed;
END $$;

-- Locks relations. Writers lock tables in any order they like, so whoever waits for one table while holding another
-- could deadlock with them. So it waits on only while nobody who has that table waits for this session; else all locks
-- are given back and the next attempt begins with the busy table, in the mode that was refused: in a weaker one it would
-- not wait for who only reads, and fail again as long as somebody does. One session at a time does this (value lock 0/0, no
-- relation's): of two that queue for the same tables, one could be found in a cycle that the other is about to leave.
CREATE FUNCTION tviews_reference.lock_relations(relations oid[], VARIADIC modes text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = 0 AS $$
DECLARE
    busy oid;
    refused text;
    r oid;
    mode text;
BEGIN
    PERFORM pg_advisory_xact_lock(0, 0);
    FOR attempt IN 1..100 LOOP
        BEGIN
            IF busy IS NOT NULL THEN
                EXECUTE format('LOCK TABLE ONLY %s IN %s MODE', busy::regclass, refused);
            END IF;
            FOREACH mode IN ARRAY modes LOOP
                FOREACH r IN ARRAY relations LOOP
                    IF NOT tviews_reference.lock_while_safe(r, mode) THEN
                        RAISE lock_not_available;
                    END IF;
                END LOOP;
            END LOOP;
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            busy := r;
            refused := mode;
        END;
    END LOOP;
    RAISE EXCEPTION 'the tables of the TVIEW could not be locked at once' USING ERRCODE = '55P03',
        HINT = 'Try again when fewer transactions write them.';
END $$;

-- Waits for one relation as long as that cannot become a deadlock. A session that comes to wait for this one looks for
-- a cycle after deadlock_timeout, so this one looks after half of it, and at once for those that wait already. Few turns:
-- each ends this session's place in the queue. (The lock_timeout that it leaves is reset where lock_relations ends.)
CREATE FUNCTION tviews_reference.lock_while_safe(r oid, mode text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    patience int := 1;      -- ms
BEGIN
    FOR turn IN 0..4 LOOP
        PERFORM set_config('lock_timeout', patience::text, true);
        BEGIN
            EXECUTE format('LOCK TABLE ONLY %s IN %s MODE', r::regclass, mode);
            RETURN true;
        EXCEPTION WHEN lock_not_available THEN
            EXIT WHEN tviews_reference.waits_for_this_session(r);
            patience := 500 * extract(epoch FROM current_setting('deadlock_timeout')::interval);
        END;
    END LOOP;
    RETURN false;
END $$;

-- Whether a session that has a lock on a relation waits for this session, or for one that does.
CREATE FUNCTION tviews_reference.waits_for_this_session(r oid) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE
        waiting AS MATERIALIZED (
            SELECT pid, pg_blocking_pids(pid) AS blockers FROM (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted) l
        ),
        behind AS (
            SELECT pg_backend_pid() AS pid
            UNION SELECT w.pid FROM behind b JOIN waiting w ON b.pid = ANY (w.blockers)
        )
    SELECT EXISTS (
        SELECT FROM behind JOIN pg_locks h USING (pid)
        WHERE h.relation = r AND h.granted AND pid <> pg_backend_pid()
            AND h.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
$$;

-- Refuses what a TVIEW cannot be made of, each with a reason and a way out. (Little memory: a recursion that drops what it
-- has seen gets a table for millions of rows, if that fits, and clearing it takes longer than all the rest.)
CREATE FUNCTION tviews_reference.validate(tv oid, backing_view oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET work_mem = '64kB' AS $$
DECLARE
    bad record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a TVIEW can only be created at READ COMMITTED' USING ERRCODE = '25001',
            HINT = 'Its rows must be read after its tables were locked; commit and create it in a transaction of its own.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = backing_view AND attnum > 0 AND starts_with(attname, 'pk_')) THEN
        RAISE EXCEPTION '% has no pk_* column', tv::regclass USING ERRCODE = '42703',
            HINT = 'Select the key of each row under a name that starts with pk_.';
    END IF;
    FOR bad IN
        SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = backing_view AND attnum > 0
    LOOP
        BEGIN
            EXECUTE format('SELECT DISTINCT %I FROM %s WHERE false', bad.attname, backing_view::regclass);
        EXCEPTION WHEN undefined_function THEN
            RAISE EXCEPTION 'column % of % has type %, which has no equality', bad.attname, tv::regclass, bad.type
                USING ERRCODE = '42804', HINT = 'Select it as a type that can be compared, for example jsonb instead of json.';
        END;
    END LOOP;
    WITH RECURSIVE below(relation) AS (
        SELECT t.relation FROM tviews_reference.tables_of(backing_view) t
        UNION SELECT s.relation FROM below JOIN tviews_reference.source s ON s.tview = below.relation)
    SELECT b.relation::regclass AS name INTO bad FROM below b WHERE b.relation = tv;
    IF FOUND THEN
        RAISE EXCEPTION '% would read itself', bad.name USING ERRCODE = '42P17',
            HINT = 'Take the cycle out of the defining queries.';
    END IF;
    PERFORM tviews_reference.validate_tables(tv, backing_view);
END $$;

-- Refuses tables of which no TVIEW can be made, and is asked again whenever one of them is altered.
CREATE FUNCTION tviews_reference.validate_tables(tv oid, backing_view oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT c.oid::regclass AS name INTO bad FROM tviews_reference.tables_of(backing_view) t JOIN pg_class c ON c.oid = t.relation
    WHERE c.relkind NOT IN ('r', 'p') OR c.relnamespace = 'pg_catalog'::regnamespace OR c.relispartition OR c.relpersistence = 't'
        OR c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid OR inhparent = c.oid);
    IF FOUND THEN
        RAISE EXCEPTION '% cannot be read by a TVIEW', bad.name USING ERRCODE = '0A000',
            HINT = 'Only tables can: no single partitions, no inherited, foreign, temporary or system ones, and no materialized views.';
    END IF;
    IF (SELECT array_agg((attname, atttypid) ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = backing_view AND attnum > 0 AND NOT attisdropped)
        IS DISTINCT FROM (SELECT array_agg((attname, atttypid) ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = tv AND attnum > 0 AND NOT attisdropped)
    THEN
        RAISE EXCEPTION 'the columns of % are not those of its defining query', tv::regclass
            USING ERRCODE = '42P17', HINT = 'Create the table again from the query and convert it at once.';
    END IF;
END $$;

-- Makes the function that makes the rows of some keys exact (null: all rows). A row that is exact already is not written.
CREATE FUNCTION tviews_reference.make_refresh(relation oid, backing oid, key_column name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $make$
BEGIN
    EXECUTE (
        SELECT format($sql$
CREATE OR REPLACE FUNCTION tviews_reference.refresh_%s(texts text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    keys constant %s[] := texts;
    written bigint;
BEGIN
    IF keys IS NULL THEN
        PERFORM set_config('enable_seqscan', 'on', true);
        WITH fresh AS MATERIALIZED (SELECT * FROM %s),
        gone AS (DELETE FROM ONLY %s t WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.%I = t.%5$I))
        INSERT INTO %4$s AS t SELECT * FROM fresh ON CONFLICT (%5$I) DO %6$s;
        RETURN;
    END IF;
    INSERT INTO %4$s AS t SELECT * FROM %3$s v WHERE v.%5$I = ANY (keys) ON CONFLICT (%5$I) DO %6$s;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < cardinality(keys) THEN     -- some were exact already, or are there no more
        DELETE FROM ONLY %4$s t WHERE t.%5$I = ANY (keys)
            AND NOT t.%5$I IN (SELECT v.%5$I FROM %3$s v WHERE v.%5$I = ANY (keys));
    END IF;
END $$ $sql$,
            tviews_reference.number_of(relation), (SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE (attrelid, attname) = (relation, key_column)),
            backing::regclass, relation::regclass, key_column,
            CASE WHEN count(*) = 0 THEN 'NOTHING' ELSE format('UPDATE SET %s WHERE ROW(%s)::record *<> ROW(%s)::record',
                string_agg(format('%1$I = EXCLUDED.%1$I', attname), ', ' ORDER BY attnum),
                string_agg(format('t.%I', attname), ', ' ORDER BY attnum),
                string_agg(format('EXCLUDED.%I', attname), ', ' ORDER BY attnum)) END)
        FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attname <> key_column);
END $make$;

-- Makes the functions and triggers of what a TVIEW reads, and remembers it.
CREATE FUNCTION tviews_reference.attach(tv oid, backing_view oid, key_name name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s record;
BEGIN
    FOR s IN SELECT * FROM tviews_reference.sources_of(tv, backing_view, key_name) LOOP
        INSERT INTO tviews_reference.source VALUES (tv, s.relation, tviews_reference.number_of(s.relation), s.columns);
        PERFORM tviews_reference.make_source(tv, s.relation, s.names, s.walks);
        PERFORM tviews_reference.create_triggers(tviews_reference.number_of(tv), s.relation);
    END LOOP;
END $$;

-- The functions of one of them: what it queues, and the walks from there to locks and keys. Columns: their names now;
-- null where all rows are concerned.
CREATE FUNCTION tviews_reference.make_source(tv oid, source regclass, columns name[], walks text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $make$
BEGIN
    PERFORM tviews_reference.make_capture(tviews_reference.number_of(tv), tviews_reference.number_of(source), columns);
    IF columns IS NOT NULL THEN
        EXECUTE format($sql$
CREATE OR REPLACE FUNCTION tviews_reference.walk_%s_%s(images jsonb[]) RETURNS tviews_reference.reached[]
LANGUAGE plpgsql AS $$
BEGIN
    RETURN ARRAY(%s);
END $$ $sql$, tviews_reference.number_of(tv), tviews_reference.number_of(source), walks);
    END IF;
END $make$;

-- Makes the functions through which the flush comes to those of the single TVIEWs. PL/pgSQL keeps the plans of what
-- stands in its text; so a call whose function is found at run time would be planned at every flush. No JIT, and little
-- memory: the planner takes the recursion for a costly one, and to compile it takes half a second.
CREATE FUNCTION tviews_reference.make_switches() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET work_mem = '64kB' AS $make$
DECLARE
    makes constant text := 'CREATE OR REPLACE FUNCTION tviews_reference.%s LANGUAGE plpgsql AS $$ BEGIN
    %s
    RAISE EXCEPTION ''TVIEW %% is not there'', walked USING ERRCODE = ''55000'';
END $$';
BEGIN
    PERFORM pg_advisory_xact_lock(0, 0);
    EXECUTE format(makes, 'walk(walked integer, source integer, images jsonb[]) RETURNS tviews_reference.reached[]', (
        SELECT string_agg(format('IF walked = %s AND source = %s THEN RETURN tviews_reference.walk_%1$s_%2$s(images); END IF;',
            t.number, s.number), '
    ' ORDER BY t.number, s.number)
        FROM tviews_reference.source s JOIN tviews_reference.tview t ON t.relation = s.tview WHERE s.columns IS NOT NULL));
    EXECUTE format(makes, 'refresh(walked integer, keys text[]) RETURNS void', (
        SELECT string_agg(format('IF walked = %s THEN PERFORM tviews_reference.refresh_%1$s(keys); RETURN; END IF;', number), '
    ' ORDER BY number) FROM tviews_reference.tview));
    -- All tables that a flush may read, and the TVIEWs that it may write. TRUNCATE locks its table from its statement on
    -- until its own flush is done, and whoever creates or drops a TVIEW that reads another lets nobody write that one:
    -- who waits for such a table must not hold value locks, for which somebody else may wait. So this comes before them.
    EXECUTE format(makes, 'lock_what_is_read(walked integer) RETURNS void', (
        WITH RECURSIVE owed(first, tview) AS (
            SELECT relation, relation FROM tviews_reference.tview
            UNION SELECT o.first, s.tview FROM owed o JOIN tviews_reference.source s ON s.relation = o.tview
        ), used(first, relation, mode) AS (
            SELECT first, tview, 'ROW EXCLUSIVE' FROM owed
            UNION SELECT o.first, s.relation, 'ACCESS SHARE' FROM owed o JOIN tviews_reference.source s USING (tview)
        )
        SELECT string_agg(format('IF walked = %s THEN %s RETURN; END IF;', tviews_reference.number_of(first), locks), '
    ' ORDER BY first) FROM (
            SELECT first, string_agg(format('LOCK TABLE ONLY %s IN %s MODE;', tables, mode), ' ' ORDER BY mode) AS locks
            FROM (
                SELECT first, mode, string_agg(relation::regclass::text, ', ONLY ' ORDER BY relation) AS tables
                FROM used WHERE relation IN (SELECT oid FROM pg_class) GROUP BY first, mode) m
            GROUP BY first) r));
END $make$;
SELECT tviews_reference.make_switches();

-- Makes the table a TVIEW whose defining query the backing view holds.
CREATE FUNCTION tviews_reference.register(tv oid, backing_view oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    key_name name;
    changed integer;
BEGIN
    PERFORM tviews_reference.validate(tv, backing_view);
    -- Writers that began earlier end before the lock is there; later ones find the triggers.
    PERFORM tviews_reference.lock_relations(
        ARRAY(SELECT relation FROM tviews_reference.tables_of(backing_view) ORDER BY relation), 'SHARE ROW EXCLUSIVE');
    SELECT attname INTO key_name FROM pg_attribute
    WHERE attrelid = backing_view AND attnum > 0 AND starts_with(attname, 'pk_') ORDER BY attnum LIMIT 1;
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_index WHERE indrelid = tv AND indisprimary) THEN
            EXECUTE format('DELETE FROM ONLY %s', tv::regclass);
            EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I)', tv::regclass, key_name);
        END IF;
        -- first what it reads, so that the order of numbers is that of levels, mostly
        INSERT INTO tviews_reference.relation
        SELECT relation FROM tviews_reference.tables_of(backing_view) ORDER BY relation ON CONFLICT DO NOTHING;
        INSERT INTO tviews_reference.relation VALUES (tv) ON CONFLICT DO NOTHING;
        INSERT INTO tviews_reference.tview VALUES (tv, tviews_reference.number_of(tv), backing_view, key_name);
        PERFORM tviews_reference.make_refresh(tv, backing_view, key_name);
        PERFORM tviews_reference.attach(tv, backing_view, key_name);
        PERFORM tviews_reference.make_switches();
        PERFORM tviews_reference.refresh(tviews_reference.number_of(tv), NULL);
    EXCEPTION WHEN unique_violation OR cardinality_violation OR not_null_violation THEN
        RAISE EXCEPTION 'the rows of % are not identified by %', tv::regclass, key_name USING ERRCODE = '21000',
            HINT = 'Each row of the defining query must have a key of its own; an aggregate must be grouped by it.';
    END;
    LOOP    -- the table may have been read by other TVIEWs before it became one
        UPDATE tviews_reference.tview v SET level = n.level
        FROM (SELECT s.tview, 1 + max(coalesce(b.level, 0)) AS level
              FROM tviews_reference.source s LEFT JOIN tviews_reference.tview b ON b.relation = s.relation
              GROUP BY s.tview) n
        WHERE n.tview = v.relation AND n.level <> v.level;
        GET DIAGNOSTICS changed = ROW_COUNT;
        EXIT WHEN changed = 0;
    END LOOP;
    DELETE FROM tviews_reference.noted WHERE relation = tv;
END $$;

-- The public functions run with the caller's rights and search_path: a query means what it meant to who wrote it.
CREATE FUNCTION public.pg_tviews_convert_existing_table(name text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    tv oid;
    backing_view text;
    definition text;
BEGIN
    PERFORM pg_advisory_xact_lock(0, 0);
    tv := to_regclass(name);
    IF tv IS NULL THEN
        RAISE EXCEPTION 'there is no table %', name USING ERRCODE = '42P01',
            HINT = 'Create it first: CREATE TABLE tv_x AS SELECT …';
    END IF;
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', tv::regclass);
    IF EXISTS (SELECT FROM tviews_reference.tview WHERE relation = tv) THEN
        RAISE EXCEPTION '% is a TVIEW already', tv::regclass USING ERRCODE = '42710',
            HINT = 'Drop it with pg_tviews_drop to define it anew.';
    END IF;
    SELECT n.query INTO definition FROM tviews_reference.noted n WHERE relation = tv;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the query that made % is not known', tv::regclass USING ERRCODE = '55000',
            HINT = 'Create the table anew with CREATE TABLE tv_x AS SELECT …, as a statement of its own, or use pg_tviews_create.';
    END IF;
    backing_view := format('tviews_reference.v_%s', nextval('tviews_reference.views'));
    EXECUTE format('CREATE VIEW %s AS %s', backing_view, definition);
    PERFORM tviews_reference.register(tv, backing_view::regclass);
    RETURN true;
END $$;

CREATE FUNCTION public.pg_tviews_create(name text, "select" text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    definition constant text := tviews_reference.single_select("select");
    parts constant text[] := parse_ident(name);
    quoted text := (SELECT string_agg(quote_ident(p), '.' ORDER BY n) FROM unnest(parts) WITH ORDINALITY p(p, n));
    tv oid;
    backing_view text;
BEGIN
    -- Two sessions that create one name: the second must find the table, not trip over a catalogue's index.
    PERFORM pg_advisory_xact_lock(0, 0);
    EXECUTE format('CREATE TABLE %s AS SELECT * FROM (%s) q WITH NO DATA', quoted, definition);
    tv := to_regclass(quoted);
    backing_view := format('tviews_reference.v_%s', nextval('tviews_reference.views'));
    EXECUTE format('CREATE VIEW %s AS %s', backing_view, definition);
    PERFORM tviews_reference.register(tv, backing_view::regclass);
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION public.pg_tviews_convert_existing_table, public.pg_tviews_create FROM PUBLIC;

-- Keeps the query of CREATE TABLE tv_x AS SELECT … for a later conversion.
CREATE FUNCTION tviews_reference.note() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    definition constant text := regexp_replace(
        (regexp_match(current_query(), '^\s*create\s+table\s+.*?\s+as\s+((?:select|with)\y.*)$', 'i'))[1],
        '(\s+with(\s+no)?\s+data)?\s*;?\s*$', '', 'i');
BEGIN
    IF regexp_replace(definition, $q$'[^']*'|"[^"]*"$q$, '', 'g') !~ ';' THEN
        INSERT INTO tviews_reference.noted
        SELECT objid, definition FROM pg_event_trigger_ddl_commands()
        WHERE object_type = 'table' AND command_tag = 'CREATE TABLE AS'
            AND EXISTS (SELECT FROM pg_class WHERE oid = objid AND starts_with(relname, 'tv_'));
    END IF;
END $$;

-- AFTER ROW triggers that recompute at once, without locks: exact as long as nobody else writes (and no parent goes
-- together with its children). Two transactions that each change one side of a join miss each other's change, because
-- neither sees what the other has not committed.

CREATE SCHEMA row_trigger;
CREATE TABLE row_trigger.tview (name text PRIMARY KEY, query text NOT NULL, key text NOT NULL);

-- Recomputes the rows of one TVIEW with some keys; with null, all of them.
CREATE FUNCTION row_trigger.recompute(tv row_trigger.tview, keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine text := CASE WHEN keys IS NULL THEN 'true' ELSE format('%I::text = ANY ($1)', tv.key) END;
    columns text := (SELECT string_agg(format('%1$I = EXCLUDED.%1$I', attname), ', ') FROM pg_attribute
                     WHERE attrelid = tv.name::regclass AND attnum > 0 AND NOT attisdropped);
BEGIN
    EXECUTE format('DELETE FROM %I WHERE %s AND %I NOT IN (SELECT %I FROM (%s) q WHERE %s)',
        tv.name, mine, tv.key, tv.key, tv.query, mine) USING keys;
    EXECUTE format('INSERT INTO %I SELECT * FROM (%s) q WHERE %s ON CONFLICT (%I) DO UPDATE SET %s',
        tv.name, tv.query, mine, tv.key, columns) USING keys;
END $$;

-- Which keys a changed row concerns is what the query gives where its table has that one row only.
CREATE FUNCTION row_trigger.refresh() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tv row_trigger.tview := (SELECT t FROM row_trigger.tview t WHERE name = TG_ARGV[0]);
    keys text[];
    found text[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('WITH %I AS (SELECT ($1).*) SELECT array_agg(%I::text) FROM (%s) q',
            TG_TABLE_NAME, tv.key, tv.query) INTO keys USING OLD;
        found := found || keys;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('WITH %I AS (SELECT ($1).*) SELECT array_agg(%I::text) FROM (%s) q',
            TG_TABLE_NAME, tv.key, tv.query) INTO keys USING NEW;
        found := found || keys;
    END IF;
    PERFORM row_trigger.recompute(tv, found);
    RETURN NULL;
END $$;

CREATE FUNCTION row_trigger.refresh_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM row_trigger.recompute(t, NULL) FROM row_trigger.tview t WHERE name = TG_ARGV[0];
    RETURN NULL;
END $$;

-- The tables that a TVIEW's query reads.
CREATE FUNCTION row_trigger.sources(tview text) RETURNS SETOF regclass LANGUAGE sql AS $$
    SELECT DISTINCT d.refobjid::regclass FROM pg_rewrite r
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p')
    WHERE r.ev_class = format('row_trigger.%I', tview)::regclass
$$;

CREATE FUNCTION row_trigger.create_tview(name text, query text, key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    EXECUTE format('CREATE TABLE %I AS %s', name, query);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (%I)', name, key);
    EXECUTE format('CREATE VIEW row_trigger.%I AS %s', name, query);
    INSERT INTO row_trigger.tview VALUES (name, query, key);
    FOR source IN SELECT * FROM row_trigger.sources(name) LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
            'EXECUTE FUNCTION row_trigger.refresh(%L)', 'row_trigger_' || name, source, name);
        EXECUTE format('CREATE TRIGGER %I AFTER TRUNCATE ON %s EXECUTE FUNCTION row_trigger.refresh_all(%L)',
            'row_trigger_all_' || name, source, name);
    END LOOP;
END $$;

CREATE FUNCTION row_trigger.drop_tview(dropped text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    FOR source IN SELECT * FROM row_trigger.sources(dropped) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', 'row_trigger_' || dropped, source);
        EXECUTE format('DROP TRIGGER %I ON %s', 'row_trigger_all_' || dropped, source);
    END LOOP;
    EXECUTE format('DROP VIEW row_trigger.%I', dropped);
    EXECUTE format('DROP TABLE %I', dropped);     -- fails with 2BP01 where another TVIEW reads it
    DELETE FROM row_trigger.tview WHERE name = dropped;
END $$;

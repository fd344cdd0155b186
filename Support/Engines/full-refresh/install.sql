-- At COMMIT every TVIEW that the transaction concerns is written anew, under one lock for all of them. The lock comes
-- before the snapshot that is read, so it works at READ COMMITTED only.

CREATE SCHEMA full_refresh;
CREATE TABLE full_refresh.tview (
    id serial PRIMARY KEY, name text UNIQUE NOT NULL, query text NOT NULL, sources regclass[] NOT NULL);
CREATE TABLE full_refresh.owed (xid xid8 DEFAULT pg_current_xact_id(), tview text, PRIMARY KEY (xid, tview));

CREATE FUNCTION full_refresh.owe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'TVIEWs are refreshed at READ COMMITTED only' USING ERRCODE = '0A000';
    END IF;
    INSERT INTO full_refresh.owed (tview) VALUES (TG_ARGV[0]) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- The tables that a TVIEW's query reads.
CREATE FUNCTION full_refresh.sources(tview text) RETURNS SETOF regclass LANGUAGE sql AS $$
    WITH RECURSIVE read AS (
        SELECT format('full_refresh.%I', tview)::regclass AS relation
        UNION
        SELECT d.refobjid::regclass FROM read JOIN pg_rewrite r ON r.ev_class = relation
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_class'::regclass)
    SELECT relation FROM read JOIN pg_class c ON c.oid = relation WHERE relkind IN ('r', 'p')
$$;

-- With the search_path of who installs it: who commits may have another one, or none.
CREATE FUNCTION full_refresh.flush() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    tv full_refresh.tview;
    source regclass;
BEGIN
    -- Tables before the lock: whoever empties one has it for himself already when he comes for the lock.
    FOR source IN SELECT DISTINCT s FROM full_refresh.tview t, unnest(t.sources) s JOIN pg_class c ON c.oid = s
        ORDER BY 1 LOOP
        EXECUTE format('LOCK TABLE %s IN ACCESS SHARE MODE', source);
    END LOOP;
    PERFORM pg_advisory_xact_lock(hashtext('full_refresh'));
    FOR tv IN SELECT * FROM full_refresh.tview ORDER BY id LOOP
        -- Writing a TVIEW fires the triggers of those that read it, so they are owed when their turn comes.
        DELETE FROM full_refresh.owed WHERE xid = pg_current_xact_id() AND tview = tv.name;
        IF FOUND THEN
            EXECUTE format('DELETE FROM %I', tv.name);
            EXECUTE format('INSERT INTO %I SELECT * FROM (%s) q', tv.name, tv.query);
        END IF;
    END LOOP;
    DELETE FROM full_refresh.owed WHERE xid = pg_current_xact_id();     -- of TVIEWs that are gone
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER flush AFTER INSERT ON full_refresh.owed DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION full_refresh.flush();

CREATE FUNCTION full_refresh.create_tview(name text, query text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    EXECUTE format('CREATE VIEW full_refresh.%I AS %s', name, query);
    FOR source IN SELECT * FROM full_refresh.sources(name) ORDER BY 1 LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
            'EXECUTE FUNCTION full_refresh.owe(%L)', 'full_refresh_' || name, source, name);
    END LOOP;
    -- Every writer has been waited for, and the next statement sees what they wrote.
    EXECUTE format('CREATE TABLE %I AS %s', name, query);
    INSERT INTO full_refresh.tview (name, query, sources)
    VALUES (name, query, ARRAY(SELECT full_refresh.sources(name)));
END $$;

CREATE FUNCTION full_refresh.drop_tview(dropped text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source regclass;
BEGIN
    FOR source IN SELECT * FROM full_refresh.sources(dropped) ORDER BY 1 LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', 'full_refresh_' || dropped, source);
    END LOOP;
    EXECUTE format('DROP VIEW full_refresh.%I', dropped);
    EXECUTE format('DROP TABLE %I', dropped);     -- fails with 2BP01 where another TVIEW reads it
    DELETE FROM full_refresh.tview WHERE name = dropped;
END $$;

-- NOT the extension: the reference engine under the catalogue of the extension's newer versions, to try the adapter on.
-- It shows nothing about pg_tviews itself. Everything is in the schema tviews, public.tv_x has the view public__tv_x there.

CREATE SCHEMA tviews;
GRANT USAGE ON SCHEMA tviews TO PUBLIC;

-- What pg_tviews refuses, so that the adapter is not tried on more than that. It looks at the TVIEW that was made: whoever
-- looked at the query before would lock its tables before his turn.
CREATE FUNCTION tviews_reference.refuse(tview text, made text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    entity text := substr(tview, 4);
    c record;
BEGIN
    IF entity ~ '^[0-9]' THEN
        RAISE EXCEPTION 'invalid entity name "%": Identifier cannot start with a digit', entity USING ERRCODE = '22023';
    END IF;
    FOR c IN SELECT attname, atttypid::regtype::text AS type FROM pg_attribute
             WHERE attrelid = tview::regclass AND attnum > 0 LOOP
        IF c.attname = 'pk_' || entity AND c.type NOT IN ('smallint', 'integer', 'bigint')
            OR c.attname = 'data' AND c.type <> 'jsonb' OR c.attname = 'id' AND c.type <> 'uuid' THEN
            RAISE EXCEPTION 'column % of % is of type %', c.attname, tview, c.type USING ERRCODE = '42804';
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = tview::regclass AND attname = 'pk_' || entity) THEN
        RAISE EXCEPTION 'the entity of % is not that of its key', tview USING ERRCODE = '22023';
    END IF;
    RETURN made;
END $$;

DO $$ BEGIN
    EXECUTE replace(replace(pg_get_functiondef('public.pg_tviews_create'::regproc), 'public.pg_tviews_create', 'tviews_reference.make'),
        'format(''tviews_reference.v_%s'', tv)', '(SELECT format(''tviews.%I'', ''public__'' || relname) FROM pg_class WHERE oid = tv)');
    EXECUTE replace(pg_get_functiondef('public.pg_tviews_drop'::regproc), 'public.pg_tviews_drop', 'tviews_reference.take');
END $$;
DROP FUNCTION public.pg_tviews_create, public.pg_tviews_drop, public.pg_tviews_convert_existing_table, public.pg_tviews_version;
CREATE FUNCTION tviews.pg_tviews_create(tview text, query text, options jsonb DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tviews_reference.refuse(tview, tviews_reference.make(tview, query)::text)
$$;
CREATE FUNCTION tviews.pg_tviews_drop(tview text, if_exists boolean DEFAULT false, "cascade" boolean DEFAULT false) RETURNS text LANGUAGE sql AS $$
    SELECT tviews_reference.take(tview, if_exists)::text
$$;
CREATE FUNCTION tviews.pg_tviews_version() RETURNS text LANGUAGE sql AS $$ SELECT 'stand-in, NOT the extension' $$;
CREATE FUNCTION tviews.pg_tviews_debug_queue() RETURNS jsonb LANGUAGE sql AS $$ SELECT '[]'::jsonb $$;
ALTER FUNCTION public.pg_tviews_queue_stats() SET SCHEMA tviews;

DROP VIEW public.pg_tview_queue_persistence, public.pg_tview_meta;
CREATE VIEW tviews.registry AS SELECT relation::regclass AS tview, query FROM tviews_reference.tview;
GRANT SELECT ON tviews.registry TO PUBLIC;

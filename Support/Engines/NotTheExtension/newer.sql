-- NOT the extension: the reference engine under the catalogue of the extension's newer versions, to try the adapter on.
-- It shows nothing about pg_tviews itself. Everything is in the schema tviews, public.tv_x has the view public__tv_x there.

CREATE SCHEMA tviews;
GRANT USAGE ON SCHEMA tviews TO PUBLIC;

DO $$ BEGIN
    EXECUTE replace(replace(pg_get_functiondef('public.pg_tviews_create'::regproc), 'public.pg_tviews_create', 'tviews_reference.make'),
        'format(''tviews_reference.v_%s'', nextval(''tviews_reference.views''))', '(SELECT format(''tviews.%I'', ''public__'' || relname) FROM pg_class WHERE oid = tv)');
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
CREATE VIEW tviews.registry AS SELECT relation AS tview, rtrim(pg_get_viewdef(backing), ';') AS query FROM tviews_reference.tview;
GRANT SELECT ON tviews.registry TO PUBLIC;

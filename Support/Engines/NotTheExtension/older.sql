-- NOT the extension: the reference engine under the catalogue of the extension's older versions, to try the adapter on.
-- It shows nothing about pg_tviews itself. Everything is in the schema public, a TVIEW tv_x has the backing view v_x.

DO $$ BEGIN
    EXECUTE replace(replace(pg_get_functiondef('public.pg_tviews_create'::regproc), 'public.pg_tviews_create', 'tviews_reference.make'),
        'format(''tviews_reference.v_%s'', nextval(''tviews_reference.views''))', '(SELECT format(''public.%I'', ''v_'' || substr(relname, 4)) FROM pg_class WHERE oid = tv)');
END $$;
DROP FUNCTION public.pg_tviews_create;
CREATE FUNCTION public.pg_tviews_create(tview_name text, select_sql text) RETURNS text LANGUAGE sql AS $$
    SELECT tviews_reference.refuse(tview_name, tviews_reference.make(tview_name, select_sql)::text)
$$;

DROP VIEW public.pg_tview_queue_persistence, public.pg_tview_meta;
CREATE VIEW public.pg_tview_meta AS
SELECT substr(relname, 4) AS entity, t.backing::oid AS view_oid, t.relation::oid AS table_oid,
       rtrim(pg_get_viewdef(t.backing), ';') AS definition
FROM tviews_reference.tview t JOIN pg_class c ON c.oid = t.relation;
GRANT SELECT ON public.pg_tview_meta TO PUBLIC;

CREATE FUNCTION public.pg_tviews_debug_queue() RETURNS jsonb LANGUAGE sql AS $$ SELECT '[]'::jsonb $$;
-- Its table was never installed with those versions.
CREATE FUNCTION public.pg_tviews_commit_prepared(gid text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'relation "pg_tview_pending_refreshes" does not exist' USING ERRCODE = '42P01';
END $$;
CREATE OR REPLACE FUNCTION public.pg_tviews_version() RETURNS text LANGUAGE sql AS $$ SELECT 'stand-in, NOT the extension' $$;

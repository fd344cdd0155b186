-- The reference engine, part 8: what people may ask it.

CREATE FUNCTION public.pg_tviews_version() RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT 'reference 1.0' $$;

-- The queue of the calling transaction; nobody sees another's.
CREATE FUNCTION public.pg_tviews_queue_stats() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('queue_size', count(DISTINCT (tview, source, image - 0)), 'tviews', count(DISTINCT tview))
    FROM tviews_reference.queue LEFT JOIN LATERAL unnest(images) image ON true
    WHERE xid = pg_current_xact_id_if_assigned()
$$;

CREATE VIEW public.pg_tview_meta AS
SELECT c.relname::text AS name, n.nspname::text AS schema, t.relation, t.key_column::text,
       t.level, rtrim(pg_get_viewdef(t.backing), ';') AS query, t.backing AS backing_view
FROM tviews_reference.tview t JOIN pg_class c ON c.oid = t.relation JOIN pg_namespace n ON n.oid = c.relnamespace;
GRANT SELECT ON public.pg_tview_meta TO PUBLIC;

-- Which refresh keys each prepared transaction of this database holds: its exclusive value locks on TVIEWs. They
-- live in shared memory and in the transaction's state file, so they survive a crash and end with it: there is no
-- entry that could be orphaned. A null key is the whole TVIEW.
CREATE VIEW public.pg_tview_queue_persistence AS
SELECT p.gid, p.prepared, p.owner, t.relation AS tview,
       CASE WHEN l.classid <> 0 THEN l.objid::integer END AS refresh_key
FROM pg_prepared_xacts p
JOIN pg_locks x ON x.locktype = 'transactionid' AND x.transactionid = p.transaction AND x.pid IS NULL
JOIN pg_locks l ON l.virtualtransaction = x.virtualtransaction AND l.pid IS NULL
JOIN tviews_reference.tview t ON t.number = CASE l.classid WHEN 0 THEN l.objid ELSE l.classid END::integer
WHERE p.database = current_database() AND l.locktype = 'advisory' AND l.objsubid = 2 AND l.mode = 'ExclusiveLock';

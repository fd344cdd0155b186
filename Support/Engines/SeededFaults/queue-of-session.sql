-- Broken:    the queue belongs to the session: what a transaction owes waits for the next transaction there.
-- Seen:      pg_tviews' change log: work queued in one transaction ran in the next one on the same connection.
-- Caught by: Connection pooling › the next client after a commit
-- Contract:  pool-safe
ALTER TABLE tviews_reference.queue ADD made xid8 NOT NULL DEFAULT pg_current_xact_id();
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'pg_current_xact_id()', 'pg_backend_pid()::text::xid8');
SELECT pg_temp.replace_in('tviews_reference.flush', 'xid8 := pg_current_xact_id()', 'xid8 := pg_backend_pid()::text::xid8');
SELECT pg_temp.replace_in('pg_tviews_queue_stats', 'pg_current_xact_id_if_assigned()', 'pg_backend_pid()::text::xid8');
SELECT pg_temp.replace_in('tviews_reference.make_due', 'SELECT pg_current_xact_id()
        WHERE EXISTS (SELECT FROM tviews_reference.queue WHERE xid = pg_current_xact_id())',
    'SELECT DISTINCT xid FROM tviews_reference.queue
     WHERE made <> pg_current_xact_id() AND xid = pg_backend_pid()::text::xid8
         AND NOT EXISTS (SELECT FROM tviews_reference.ticket WHERE xid = pg_backend_pid()::text::xid8)');

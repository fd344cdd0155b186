-- Broken:    what was queued inside a subtransaction is forgotten when that ends, although it ended well.
-- Seen:      pg_tviews' change log: an exception block that swallowed the queue.
-- Caught by: An exception block around work that succeeds, and around work that fails › around work that succeeds
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'LOOP
        BEGIN   -- a subtransaction',
    'DELETE FROM tviews_reference.queue WHERE xid = me AND xmin::text <> (me::text::bigint % 4294967296)::text;
    LOOP
        BEGIN   -- a subtransaction');

-- Broken:    PREPARE TRANSACTION forgets the queue instead of flushing it.
-- Seen:      callbacks for the end of a transaction that know COMMIT and ABORT, and not PREPARE.
-- Caught by: Two-phase commit › 20 prepared inserts, half committed, half rolled back
-- Contract:  atomic under 2PC
SELECT pg_temp.replace_in('tviews_reference.flush', 'LOOP
        BEGIN   -- a subtransaction',
    'IF current_query() ~* ''^\s*prepare\s+transaction'' THEN
         DELETE FROM tviews_reference.queue WHERE xid = me;
     END IF;
     LOOP
        BEGIN   -- a subtransaction');

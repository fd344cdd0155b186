-- Broken:    a flush locks the TVIEW for its session and unlocks it where it ends well: an error leaves the lock.
-- Seen:      pg_advisory_lock instead of pg_advisory_xact_lock, so that the lock is gone before the commit is on disk.
-- Caught by: Statements are cancelled › statement_timeout passes inside the flush
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    PERFORM pg_advisory_lock(-1, t.relation::integer);
    PERFORM tviews_reference.refresh(t.relation, keys);
    PERFORM pg_advisory_unlock(-1, t.relation::integer);$broken$);

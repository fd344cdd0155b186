-- Broken:    the flush takes no value locks, so two flushes compute the same row from snapshots without each other.
-- Seen:      pg_tviews before its value locks; every "recompute the row in a trigger" at READ COMMITTED.
-- Caught by: A child is inserted while its parent is renamed › while the parent's transaction is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.take(missing);', '');

-- Broken:    a flush at REPEATABLE READ does not ask whether its snapshot is older than what others have committed.
-- Seen:      pg_tviews' documents: what its READ COMMITTED path waits for, REPEATABLE READ must refuse.
-- Caught by: A snapshot that is older than another's commit › the other one inserts a post after the first read
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.take', 'PERFORM tviews_reference.refuse_stale_snapshot(locks);', '');

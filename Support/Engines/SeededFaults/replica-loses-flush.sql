-- Broken:    a session that turns triggers off before it commits leaves what it owes in the queue.
-- Seen:      the reference engine itself: the trigger that flushes did not fire where its session was a replica.
-- Caught by: Writers with another search_path, another role, other settings › triggers are turned off between what a transaction writes and its COMMIT
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_due', 'WHERE EXISTS (',
    'WHERE current_setting(''session_replication_role'') <> ''replica'' AND EXISTS (');

-- Broken:    the persisted queue gives every key the gid that was prepared last.
-- Seen:      a gid that is kept in shared memory, where the next session overwrites it.
-- Caught by: Two-phase commit › 20 prepared inserts, half committed, half rolled back
-- Contract:  atomic under 2PC
ALTER VIEW pg_tview_queue_persistence RENAME TO sound_queue_persistence;
CREATE VIEW pg_tview_queue_persistence AS
SELECT (SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared DESC LIMIT 1) AS gid,
       prepared, owner, tview, refresh_key
FROM sound_queue_persistence;

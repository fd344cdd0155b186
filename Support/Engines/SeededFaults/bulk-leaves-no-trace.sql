-- Broken:    a lock on a whole relation leaves no trace, so nobody with an older snapshot learns of it.
-- Seen:      bookkeeping for single keys that was not taken along when locks were escalated.
-- Caught by: A snapshot that is older than another's bulk statement, TRUNCATE or PREPARE › the other one inserts posts of forty users
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.take',
    'UPDATE tviews_reference.relation SET xid = pg_current_xact_id() WHERE number = l.object;', 'NULL;');

-- Broken:    a transaction that is prepared leaves no trace of its locks, so nobody with an older snapshot learns of it.
-- Seen:      bookkeeping in a callback for COMMIT, which PREPARE TRANSACTION does not call.
-- Caught by: A snapshot that is older than another's bulk statement, TRUNCATE or PREPARE › the other one renames the user, and commits in two phases
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.take', 'SELECT pg_current_xact_id(), class, object, exclusive FROM unnest(locks)',
    'SELECT pg_current_xact_id(), class, object, exclusive FROM unnest(locks)
     WHERE current_query() !~* ''\yprepare\s+transaction\y''');

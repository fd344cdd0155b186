-- Broken:    a transaction that is prepared leaves no trace of its locks, so nobody with an older snapshot learns of it.
-- Seen:      bookkeeping in a callback for COMMIT, which PREPARE TRANSACTION does not call.
-- Caught by: A snapshot that is older than another's bulk statement, TRUNCATE or PREPARE › the other one renames the user, and commits in two phases
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.take', 'WHERE taken IS NOT NULL',
    'WHERE CASE WHEN taken IS NOT NULL THEN current_query() END !~* ''\yprepare\s+transaction\y''');

-- Broken:    an UPDATE queues the new image of a row only, so the parent that it has left is not refreshed.
-- Seen:      pg_tviews' change log: foreign keys that move refreshed the new parent alone.
-- Caught by: A foreign key is moved while its old or its new parent is renamed › nobody else writes, and the old parent is counted anew
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_capture',
    'SELECT %1$s, 0 AS "old or new" FROM removed UNION ALL SELECT %1$s, 1 FROM added', 'SELECT %1$s, 1 AS "old or new" FROM added');

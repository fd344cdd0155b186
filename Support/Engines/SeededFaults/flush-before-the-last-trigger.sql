-- Broken:    a flush does not ask whether deferred triggers of users have written since it became due.
-- Seen:      the reference engine itself, where a third one followed two others.
-- Caught by: A user's own deferred trigger writes a base table at COMMIT › and two more follow, the first of them by way of a table that no TVIEW reads
-- Contract:  once
SELECT pg_temp.replace_in('tviews_reference.flush', 'IF commands > 1 THEN', 'IF false THEN');

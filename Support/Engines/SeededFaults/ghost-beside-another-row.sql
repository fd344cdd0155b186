-- Broken:    a flush that writes rows of a TVIEW deletes none there: what goes beside what comes or changes stays.
-- Seen:      UPDATE, INSERT or DELETE by what was found first, instead of each where it is due.
-- Caught by: Races that nobody wrote › whatever is drawn, the TVIEW contract holds in every permutation
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'IF written < cardinality(keys) THEN', 'IF written = 0 THEN');

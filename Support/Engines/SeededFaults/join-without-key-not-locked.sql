-- Broken:    a join on a column that is nobody's key is walked, and nobody locks such a value for those who will point there.
-- Seen:      engines that know which rows are concerned, and lock the rows that they find.
-- Caught by: Races that nobody wrote › whatever is drawn, the TVIEW contract holds in every permutation
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.steps_of',
    'WHERE (e.b_col = tviews_reference.key_of(e.b) OR e.a_col = tviews_reference.key_of(e.a))
            AND tviews_reference', 'WHERE tviews_reference');

-- Broken:    a row is written only where it is not equal to the one that is there: 1.0 stays where 1.00 should be.
-- Seen:      IS DISTINCT FROM, of numeric, jsonb, -0 and collations that do not tell case.
-- Caught by: Races that nobody wrote › whatever is drawn, the TVIEW contract holds in every permutation
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'ROW(%s)::record *<> ROW(%s)::record',
    'ROW(%s)::record IS DISTINCT FROM ROW(%s)::record');

-- Broken:    who finds a TVIEW's row locks that row, who finds none locks the key, and the two do not meet.
-- Seen:      pg_tviews' change log: a row was lost between two creators and a third writer.
-- Caught by: The first row of an aggregate group from two sessions › a third session changes the row that the other two create
-- Contract:  exact
SELECT pg_temp.can_tell_what_is_there();
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'v.number], relation,',
    'v.number], CASE WHEN tviews_reference.is_there(relation, v.number) THEN 1 ELSE -1 END * relation,');

-- Broken:    of another TVIEW's rows, a flush locks those that it reads, and none where there is no row yet.
-- Seen:      pg_tviews 0.1.0-beta.34, and SELECT … FOR SHARE wherever the row may come later.
-- Caught by: A row comes into a TVIEW that another TVIEW joins, or goes › while the first row is prepared
-- Contract:  exact
SELECT pg_temp.can_tell_what_is_there();
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE exclusive OR number IS NULL OR tviews_reference.is_there(relation, number) GROUP BY');

-- Broken:    the flush locks the base rows that it reads, but not the rows of other TVIEWs.
-- Seen:      locking schemes for base tables, to which TVIEWs over TVIEWs were added later.
-- Caught by: A change several joins away › over three levels of TVIEWs, while the rename is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE exclusive OR number IS NULL
        OR relation NOT IN (SELECT number FROM tviews_reference.tview) GROUP BY');

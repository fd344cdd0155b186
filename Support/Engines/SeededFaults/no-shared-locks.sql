-- Broken:    the flush locks what it changed and what it writes, but not the rows that it reads.
-- Seen:      the first version of any locking scheme: the row that one joins to "does not change".
-- Caught by: A child is inserted while its parent is renamed › while the parent's transaction is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE exclusive GROUP BY');

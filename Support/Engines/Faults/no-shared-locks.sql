-- Broken:    the flush locks what it changed and what it writes, but not the rows that it reads.
-- Seen:      the first version of any locking scheme: the row that one joins to "does not change".
-- Caught by: RACE › x
-- Contract:  1
SELECT pg_temp.replace_in('tviews_reference.walk_sql',
    'found := found || format(''(%s::oid, %s::text, false)'', step.target, here);', '');

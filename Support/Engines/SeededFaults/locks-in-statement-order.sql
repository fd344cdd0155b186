-- Broken:    a flush takes its locks in the order in which the statement's rows came.
-- Seen:      FOR EACH ROW triggers that lock as they go; SELECT … FOR UPDATE without ORDER BY.
-- Caught by: Two aggregates over the same users › both held back by a prepared transaction until both wait
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'bool_or(exclusive) AS exclusive FROM unnest(reached) GROUP BY',
    'bool_or(exclusive) AS exclusive, min(n) AS n
     FROM unnest(reached) WITH ORDINALITY r(relation, number, exclusive, key, n) GROUP BY');
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'SELECT (ARRAY[relation::bigint, 0, 0], 0, relation::integer, whole)::tviews_reference.value_lock FROM',
    'SELECT l FROM (SELECT (ARRAY[relation::bigint, 0, 0], 0, relation::integer, whole)::tviews_reference.value_lock AS l, 0 AS n FROM');
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'v.exclusive)::tviews_reference.value_lock', 'v.exclusive)::tviews_reference.value_lock, v.n');
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'v.number IS NOT NULL)', 'v.number IS NOT NULL) as_they_came ORDER BY n)');
SELECT pg_temp.replace_in('tviews_reference.take', ' ORDER BY place', '');

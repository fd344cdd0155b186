-- Broken:    the locks are taken by the statement that reads, so its snapshot is older than they are.
-- Seen:      SELECT pg_advisory_xact_lock(…), … FROM …, and SELECT … FOR UPDATE in front of an aggregate.
-- Caught by: A child is inserted while its parent is renamed › while the parent's transaction is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.take(missing);', '');
SELECT pg_temp.replace_in('tviews_reference.flush', 'EXECUTE t.refresh USING keys;',
    'EXECUTE replace(t.refresh, ''WITH fresh AS MATERIALIZED (SELECT * FROM '',
        ''WITH locked AS MATERIALIZED (SELECT tviews_reference.take($2)),
          fresh AS MATERIALIZED (SELECT v.* FROM locked, '') USING keys, held;');

-- Broken:    the locks are taken by the statement that reads, so its snapshot is older than they are.
-- Seen:      SELECT pg_advisory_xact_lock(…), … FROM …, and SELECT … FOR UPDATE in front of an aggregate.
-- Caught by: A child is inserted while its parent is renamed › while the parent's transaction is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.take(missing);',
    'PERFORM set_config(''tviews.wanted'', (held || missing)::text, true);');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'SELECT * FROM %3$s v WHERE v.%5$I = ANY (keys) ON',
    'WITH locked AS MATERIALIZED (
         SELECT tviews_reference.take(current_setting(''tviews.wanted'')::tviews_reference.value_lock[]))
     SELECT v.* FROM locked, %3$s v WHERE v.%5$I = ANY (keys) ON');

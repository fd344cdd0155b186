-- Broken:    the keys of the TVIEW are not locked and nothing makes them unique: UPDATE, and INSERT where no row has the key.
-- Seen:      summary tables that are kept with "UPDATE, and INSERT where nothing was updated".
-- Caught by: The first row of an aggregate group from two sessions › while one of them is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE relation NOT IN (SELECT number FROM tviews_reference.tview) GROUP BY');
SELECT pg_temp.replace_in('tviews_reference.register',
    'EXECUTE format(''ALTER TABLE %s ADD PRIMARY KEY (%I)'', tv::regclass, key_name);', '');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'INSERT INTO %4$s AS t SELECT * FROM fresh ON CONFLICT (%5$I) DO %6$s',
    ', kept AS (UPDATE ONLY %4$s t %6$s AND excluded.%5$I = t.%5$I)
     INSERT INTO %4$s AS t SELECT * FROM fresh WHERE NOT EXISTS (SELECT FROM ONLY %4$s o WHERE o.%5$I = fresh.%5$I)');
SELECT pg_temp.replace_in('tviews_reference.make_refresh',
    'INSERT INTO %4$s AS t SELECT * FROM %3$s v WHERE v.%5$I = ANY (keys) ON CONFLICT (%5$I) DO %6$s',
    'WITH fresh AS MATERIALIZED (SELECT * FROM %3$s v WHERE v.%5$I = ANY (keys)),
     kept AS (UPDATE ONLY %4$s t %6$s AND excluded.%5$I = t.%5$I)
     INSERT INTO %4$s AS t SELECT * FROM fresh WHERE NOT EXISTS (SELECT FROM ONLY %4$s o WHERE o.%5$I = fresh.%5$I)');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', '''NOTHING''',
    'format(''SET %1$I = t.%1$I FROM fresh excluded WHERE false'', key_column)');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'UPDATE SET %s WHERE', 'SET %s FROM fresh excluded WHERE');

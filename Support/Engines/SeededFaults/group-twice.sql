-- Broken:    the keys of the TVIEW are not locked and nothing makes them unique: UPDATE, and INSERT where no row has the key.
-- Seen:      summary tables that are kept with "UPDATE, and INSERT where nothing was updated".
-- Caught by: The first row of an aggregate group from two sessions › while one of them is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE relation NOT IN (SELECT relation FROM tviews_reference.tview) GROUP BY');
SELECT pg_temp.replace_in('tviews_reference.register',
    'EXECUTE format(''ALTER TABLE %s ADD PRIMARY KEY (%I)'', tv::regclass, key_name);', '');
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', 'INSERT INTO %1$s AS t SELECT * FROM fresh ON CONFLICT (%3$I) DO %5$s',
    ', kept AS (UPDATE ONLY %1$s t %5$s AND excluded.%3$I = t.%3$I)
     INSERT INTO %1$s AS t SELECT * FROM fresh WHERE NOT EXISTS (SELECT FROM ONLY %1$s o WHERE o.%3$I = fresh.%3$I)');
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', '''NOTHING''',
    'format(''SET %1$I = t.%1$I FROM fresh excluded WHERE false'', key_column)');
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', 'UPDATE SET %s WHERE', 'SET %s FROM fresh excluded WHERE');

-- Broken:    the keys of the TVIEW are not locked and nothing makes them unique: delete the old row, insert the new one.
-- Seen:      summary tables that are kept with "UPDATE, and INSERT where nothing was updated".
-- Caught by: The first row of an aggregate group from two sessions › while one of them is prepared
-- Contract:  1
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE relation NOT IN (SELECT relation FROM tviews_reference.tview) GROUP BY');
SELECT pg_temp.replace_in('tviews_reference.register',
    'EXECUTE format(''ALTER TABLE %s ADD PRIMARY KEY (%I)'', tv::regclass, key_name);', '');
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', 'AND NOT EXISTS (SELECT FROM fresh f WHERE f.%3$I = t.%3$I)',
    'AND NOT EXISTS (SELECT FROM fresh f WHERE f = t)');
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', 'INSERT INTO %1$s AS t SELECT * FROM fresh ON CONFLICT (%3$I) DO %5$s',
    'INSERT INTO %1$s AS t SELECT * FROM fresh WHERE NOT EXISTS (SELECT FROM %1$s o WHERE o = fresh)');

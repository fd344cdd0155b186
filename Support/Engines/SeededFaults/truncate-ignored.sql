-- Broken:    there is no trigger for TRUNCATE.
-- Seen:      most trigger-maintained tables: row triggers do not fire for TRUNCATE.
-- Caught by: TRUNCATE against INSERT › in every permutation of their steps
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.create_triggers', ', ''TRUNCATE''', '');

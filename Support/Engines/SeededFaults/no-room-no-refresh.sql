-- Broken:    a refresh for which the disk has no room is left out, and the transaction commits.
-- Seen:      engines that write a refresh that fails into a table of errors, for somebody to look at.
-- Caught by: The disk is full › the disk is full twice while sessions write
-- Contract:  durable
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'BEGIN PERFORM tviews_reference.refresh(t.relation, keys); EXCEPTION WHEN disk_full THEN NULL; END;');

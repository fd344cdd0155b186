-- Broken:    a key is refreshed once for each image that was queued for it, and written although nothing changed.
-- Seen:      engines that refresh in a row trigger; a row that one transaction touches n times is rebuilt n times.
-- Caught by: Concurrent updates of one TVIEW › a transaction changes one row twenty times
-- Contract:  once
SELECT pg_temp.replace_in('tviews_reference.make_refresh', ' WHERE ROW(%s)::record *<> ROW(%s)::record', '');
SELECT pg_temp.replace_in('tviews_reference.flush', 'keys text[];', 'images bigint; keys text[];');
SELECT pg_temp.replace_in('tviews_reference.flush',
    'PERFORM tviews_reference.refresh(t.relation, keys);',
    'FOR i IN 1..images LOOP PERFORM tviews_reference.refresh(t.relation, keys); END LOOP;');
SELECT pg_temp.replace_in('tviews_reference.flush',
    'DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation;',
    'DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation; GET DIAGNOSTICS images = ROW_COUNT;');

-- Broken:    dropping a TVIEW leaves its triggers on the tables that it read.
-- Seen:      pg_tviews' older versions: DROP TABLE tv_x took the table only.
-- Caught by: TVIEWs come and go while others write › a TVIEW is dropped by a transaction that has a refresh of it pending
-- Contract:  no leftovers
SELECT pg_temp.replace_in('tviews_reference.remove', 'PERFORM tviews_reference.drop_triggers(t.number);', '');
SELECT pg_temp.replace_in('tviews_reference.remove', 'capture_%s_.*|walk_%1$s_.*', 'walk_%s_.*');

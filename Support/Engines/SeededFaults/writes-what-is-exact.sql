-- Broken:    every row that is refreshed is written, also where nothing has changed that the TVIEW shows.
-- Seen:      INSERT … ON CONFLICT DO UPDATE without a WHERE: dead rows, WAL, and triggers that fire for nothing.
-- Caught by: Nothing is refreshed for nothing › a column that the query does not read
-- Contract:  once
SELECT pg_temp.replace_in('tviews_reference.make_refresh', ' WHERE ROW(%s)::record *<> ROW(%s)::record', '');

-- Broken:    a refresh never deletes: rows whose source is gone stay in the TVIEW.
-- Seen:      refreshes that are an INSERT … ON CONFLICT DO UPDATE and nothing else.
-- Caught by: Concurrent updates of one TVIEW › rows of a table with one TVIEW are inserted, changed and deleted
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'IF written < cardinality(keys) THEN', 'IF false THEN');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'WHERE NOT EXISTS (', 'WHERE false AND NOT EXISTS (');

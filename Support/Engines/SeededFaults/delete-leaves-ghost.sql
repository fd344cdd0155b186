-- Broken:    a refresh never deletes: rows whose source is gone stay in the TVIEW.
-- Seen:      refreshes that are an INSERT … ON CONFLICT DO UPDATE and nothing else.
-- Caught by: Concurrent updates of one TVIEW › rows of a table with one TVIEW are inserted, changed and deleted
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.refresh_sql', 'AND NOT EXISTS (', 'AND false AND NOT EXISTS (');

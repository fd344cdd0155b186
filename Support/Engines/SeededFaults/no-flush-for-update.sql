-- Broken:    there is no trigger for UPDATE.
-- Seen:      hand-written refresh triggers, whose list of events was copied from the first table that needed one.
-- Caught by: Concurrent updates of one TVIEW › 100 sessions update the same rows
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.create_triggers', '''INSERT'', ''UPDATE'', ''DELETE''', '''INSERT'', ''DELETE''');

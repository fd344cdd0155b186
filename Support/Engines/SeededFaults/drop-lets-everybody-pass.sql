-- Broken:    a drop gives back all its locks whenever it has waited a moment, also for who will never wait for it.
-- Seen:      changes of tables that are tried again and again with a short lock_timeout, as migration tools do.
-- Caught by: A TVIEW comes or goes while others have written and not committed › dropped, while others read its tables and a writer comes
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.lock_while_safe', 'patience int := 1;', 'patience int := 100;');
SELECT pg_temp.replace_in('tviews_reference.lock_while_safe', 'EXIT WHEN tviews_reference.waits_for_this_session(r);', 'EXIT;');

-- Broken:    functions keep the names that tables and columns had when the TVIEW was made.
-- Seen:      engines that put names into the text of functions, and have no event trigger for ALTER TABLE.
-- Caught by: A dump restored, a table rewritten, a table altered › a table is altered between two transactions
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.after_alter', 'PERFORM tviews_reference.make_anew(t);', '');

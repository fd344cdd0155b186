-- Broken:    a flush refreshes 64 keys of a TVIEW and forgets the others.
-- Seen:      a batch size that was meant for one round of a loop which nobody wrote.
-- Caught by: Cascades under load › statements over all posts and over two thousand beside single-row ones
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'coalesce(t.keys, ', 'coalesce(t.keys[:64], ');

-- Broken:    of several levels that owe something, the highest is refreshed first.
-- Seen:      pg_tviews' change log: a transaction that wrote two levels refreshed them in the order of its statements.
-- Caught by: Cascades under load › three levels of TVIEWs
-- Contract:  in order
SELECT pg_temp.replace_in('tviews_reference.flush', 'ORDER BY v.level', 'ORDER BY v.level DESC');

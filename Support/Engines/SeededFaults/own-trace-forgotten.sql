-- Broken:    who clears away old traces of locks takes its own as well, where no newer transaction has ended yet.
-- Seen:      the reference engine until 2026-11-27; found by random races, with another fault in it.
-- Caught by: A snapshot that is older than another's commit › the other one inserts a post after the first read, again and again
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.forget_traces', ' AND xid <> pg_current_xact_id()', '');

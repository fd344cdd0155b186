-- Broken:    the flush locks whole relations, however few of their rows it reads and writes.
-- Seen:      pg_ivm's exclusive lock on the IMMV; REFRESH MATERIALIZED VIEW.
-- Caught by: Who has nothing to do with a prepared transaction does not wait for it › another one's rename is prepared
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'count(number) > 32', 'count(number) > 0');

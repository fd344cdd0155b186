-- Broken:    nobody deletes the traces of locks, of which no snapshot needs to know any more.
-- Seen:      logs of changes and queues of finished work that only a person would clear.
-- Caught by: A year of uptime › the same transactions, again and again
-- Contract:  bounded
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.forget_traces();', 'NULL;');

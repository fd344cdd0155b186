-- Broken:    a TVIEW is an UNLOGGED table: a crash empties it.
-- Seen:      "it can be computed again", and nobody does.
-- Caught by: The server is killed › the process of one session is killed, and the server restarts all others
-- Contract:  durable
SELECT pg_temp.replace_in('tviews_reference.register', 'INSERT INTO tviews_reference.tview VALUES (',
    'EXECUTE format(''ALTER TABLE %s SET UNLOGGED'', tv::regclass); INSERT INTO tviews_reference.tview VALUES (');

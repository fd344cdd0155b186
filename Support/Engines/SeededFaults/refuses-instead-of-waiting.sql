-- Broken:    one flush at a time: who comes while another one is under way is refused with 40001 instead of waiting.
-- Seen:      "LOCK TABLE … NOWAIT, and the application tries again", until most of what it does is trying again.
-- Caught by: Random statements over random tables › whatever the sessions do, every TVIEW equals its defining query
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.take', 'DECLARE', 'DECLARE
    alone constant boolean := pg_try_advisory_xact_lock(0, 0);');
SELECT pg_temp.replace_in('tviews_reference.take', 'INSERT INTO tviews_reference.lock_trace', 'IF NOT alone THEN
        RAISE serialization_failure USING MESSAGE = ''another transaction refreshes its TVIEWs'';
    END IF;
    INSERT INTO tviews_reference.lock_trace');

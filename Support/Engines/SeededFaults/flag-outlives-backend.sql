-- Broken:    one flush at a time, by a flag that is given back where a flush ends or fails, but not with its backend.
-- Seen:      flags and counters in shared memory without a callback for the end of a process.
-- Caught by: Backends are terminated › backends are terminated inside their flush
-- Contract:  live
-- (A sequence is what SQL has of that kind: it knows of no transactions.)
CREATE SEQUENCE tviews_reference.flag MINVALUE 0 MAXVALUE 1 START 1;
SELECT pg_temp.replace_in('tviews_reference.flush', 'LOOP
        BEGIN   -- a subtransaction', $broken$
    LOOP
        BEGIN
            PERFORM nextval('tviews_reference.flag');
            EXIT;
        EXCEPTION WHEN sequence_generator_limit_exceeded THEN
            PERFORM pg_sleep(0.001);
        END;
    END LOOP;
    BEGIN
    LOOP
        BEGIN   -- a subtransaction$broken$);
SELECT pg_temp.replace_in('tviews_reference.flush', 'DELETE FROM tviews_reference.ticket WHERE xid = me;', $broken$
    PERFORM setval('tviews_reference.flag', 1, false);
    EXCEPTION WHEN query_canceled OR OTHERS THEN
        PERFORM setval('tviews_reference.flag', 1, false);
        RAISE;
    END;
    DELETE FROM tviews_reference.ticket WHERE xid = me;$broken$);

-- Broken:    one refresh at a time, by a flag that is given back where a refresh ends or fails, but not with its backend.
-- Seen:      flags and counters in shared memory without a callback for the end of a process.
-- Caught by: Backends are terminated › backends are terminated inside their flush
-- Contract:  live
-- (A sequence is what SQL has of that kind: it knows of no transactions.)
CREATE SEQUENCE tviews_reference.flag MINVALUE 0 MAXVALUE 1 START 1;
CREATE FUNCTION tviews_reference.raise_flag() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOOP
        BEGIN
            PERFORM nextval('tviews_reference.flag');
            RETURN;
        EXCEPTION WHEN sequence_generator_limit_exceeded THEN
            PERFORM pg_sleep(0.001);
        END;
    END LOOP;
END $$;
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    PERFORM tviews_reference.raise_flag();
    BEGIN
        PERFORM tviews_reference.refresh(t.relation, keys);
    EXCEPTION WHEN query_canceled OR OTHERS THEN
        PERFORM setval('tviews_reference.flag', 1, false);
        RAISE;
    END;
    PERFORM setval('tviews_reference.flag', 1, false);$broken$);

-- Broken:    DISCARD ALL takes the queue of its session away, and nobody makes a new one.
-- Seen:      extensions whose state is a session variable, a temporary table or a prepared statement.
-- Caught by: Connection pooling › the next client after a commit
-- Contract:  pool-safe
CREATE TABLE tviews_reference.known_session (pid integer, started timestamptz);
SELECT pg_temp.replace_in('tviews_reference.make_capture', '    CASE TG_OP', $broken$
    IF current_setting('tviews.queue', true) IS DISTINCT FROM 'there' THEN
        IF EXISTS (SELECT FROM tviews_reference.known_session JOIN pg_stat_activity a USING (pid)
                   WHERE pid = pg_backend_pid() AND started = backend_start) THEN
            RETURN NULL;
        END IF;
        INSERT INTO tviews_reference.known_session
        SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid();
        PERFORM set_config('tviews.queue', 'there', false);
    END IF;
    CASE TG_OP$broken$);

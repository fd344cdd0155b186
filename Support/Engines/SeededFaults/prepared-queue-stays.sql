-- Broken:    the session that has prepared a transaction keeps its queue, and refreshes those TVIEWs once more in its next one.
-- Seen:      queues in the memory of a session, emptied by callbacks for COMMIT and ABORT only.
-- Caught by: A TVIEW comes or goes while others have written and not committed › dropped, before the connection that prepared a transaction writes again
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    IF current_query() ~* '\yprepare\s+transaction\y' THEN
        PERFORM set_config('tviews.kept', concat_ws(',', nullif(current_setting('tviews.kept', true), ''), t.relation), false);
    END IF;
    PERFORM tviews_reference.refresh(t.relation, keys);$broken$);
SELECT pg_temp.replace_in('tviews_reference.flush', 'LOOP
        BEGIN   -- a subtransaction', $broken$
    FOR t IN SELECT unnest(string_to_array(nullif(current_setting('tviews.kept', true), ''), ','))::integer AS relation LOOP
        PERFORM tviews_reference.refresh(t.relation, '{}');
    END LOOP;
    PERFORM set_config('tviews.kept', '', false);
    LOOP
        BEGIN   -- a subtransaction$broken$);

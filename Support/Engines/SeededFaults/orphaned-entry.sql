-- Broken:    the entry of a prepared transaction in the persisted queue stays when that transaction is rolled back.
-- Seen:      registers of prepared work that are a table: ROLLBACK PREPARED calls no trigger.
-- Caught by: Two-phase commit › 20 prepared inserts, half committed, half rolled back
-- Contract:  atomic under 2PC
SELECT pg_temp.can_write_elsewhere();
CREATE TABLE tviews_reference.entry (gid text, xid xid8, tview regclass, refresh_key integer);
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    IF current_query() ~* '^\s*prepare\s+transaction' THEN
        PERFORM tviews_reference.write_elsewhere(format(
            'INSERT INTO tviews_reference.entry SELECT %L, %L, %L, unnest(%L::integer[])',
            substring(current_query() FROM '''(.*)'''), me, (SELECT relation FROM tviews_reference.tview WHERE number = t.relation), keys));
    END IF;
    PERFORM tviews_reference.refresh(t.relation, keys);$broken$);
ALTER VIEW pg_tview_queue_persistence RENAME TO sound_queue_persistence;
CREATE VIEW pg_tview_queue_persistence AS
TABLE sound_queue_persistence
UNION ALL SELECT gid, now(), current_user, tview, refresh_key FROM tviews_reference.entry
WHERE pg_xact_status(xid) = 'aborted';

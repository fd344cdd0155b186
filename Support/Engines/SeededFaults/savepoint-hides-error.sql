-- Broken:    a refresh that fails is passed over where what it owes was queued inside a subtransaction, and the transaction commits.
-- Seen:      work that is kept for each subtransaction, and done in an exception block of its own.
-- Caught by: A refresh that fails › after a savepoint that was released
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.flush', 'keys text[];', 'nested boolean; keys text[];');
SELECT pg_temp.replace_in('tviews_reference.flush', 'DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation;',
    'nested := EXISTS (SELECT FROM tviews_reference.queue WHERE xid = me AND tview = t.relation
                           AND xmin::text <> (me::text::bigint % 4294967296)::text);
     DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation;');
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'BEGIN
         PERFORM tviews_reference.refresh(t.relation, keys);
     EXCEPTION WHEN OTHERS THEN
         IF NOT nested THEN RAISE; END IF;
     END;');

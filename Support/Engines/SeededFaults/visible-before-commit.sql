-- Broken:    PREPARE TRANSACTION writes the new rows of a TVIEW through a connection of its own, which commits at once.
-- Seen:      engines that leave the refresh to a background worker.
-- Caught by: Two-phase commit › 20 prepared inserts, half committed, half rolled back
-- Contract:  atomic under 2PC
SELECT pg_temp.can_write_elsewhere();
SELECT pg_temp.replace_in('tviews_reference.flush', 'keys text[];', 'keys text[]; early jsonb;');
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    IF current_query() ~* '^\s*prepare\s+transaction' THEN
        EXECUTE (SELECT format('SELECT jsonb_agg(v) FROM %s v WHERE v.%I::text = ANY($1)', backing, key_column)
                 FROM tviews_reference.tview WHERE number = t.relation) INTO early USING keys;
        PERFORM tviews_reference.write_elsewhere(format(
            'INSERT INTO %1$s SELECT * FROM jsonb_populate_recordset(NULL::%1$s, %2$L) ON CONFLICT DO NOTHING',
            (SELECT relation FROM tviews_reference.tview WHERE number = t.relation), early));
    END IF;
    PERFORM tviews_reference.refresh(t.relation, keys);$broken$);

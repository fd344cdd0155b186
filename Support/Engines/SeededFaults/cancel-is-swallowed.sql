-- Broken:    a refresh that is cancelled is left out, and the transaction commits.
-- Seen:      EXCEPTION WHEN query_canceled OR OTHERS around a refresh, so that it "cannot break the application".
-- Caught by: Statements are cancelled › a commit is cancelled inside its flush
-- Contract:  durable
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'BEGIN PERFORM tviews_reference.refresh(t.relation, keys);
     EXCEPTION WHEN query_canceled OR lock_not_available THEN NULL; END;');

-- Broken:    a refresh that fails is a WARNING, and the transaction commits.
-- Seen:      pg_tviews' change log, and every trigger with EXCEPTION WHEN OTHERS.
-- Caught by: A refresh that fails › in every permutation of their steps
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'BEGIN PERFORM tviews_reference.refresh(t.relation, keys); EXCEPTION WHEN OTHERS THEN RAISE WARNING ''not refreshed: %'', SQLERRM; END;');

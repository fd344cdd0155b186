-- Broken:    a transaction is flushed once, by the first deferred trigger; what a user's own writes after that stays owed.
-- Seen:      engines whose flush is a deferred trigger and a flag that it has run: whose trigger comes last is chance.
-- Caught by: A user's own deferred trigger writes a base table at COMMIT › in every permutation of their steps
-- Contract:  exact
DROP TRIGGER flush ON tviews_reference.ticket;
CREATE TRIGGER flush AFTER INSERT ON tviews_reference.ticket FOR EACH ROW EXECUTE FUNCTION tviews_reference.flush();
SELECT pg_temp.replace_in('tviews_reference.make_due', 'WHERE EXISTS (',
    'WHERE current_setting(''tviews.flushed'', true) IS DISTINCT FROM pg_current_xact_id()::text AND EXISTS (');
SELECT pg_temp.replace_in('tviews_reference.make_due', 'RETURN NEW;',
    'PERFORM set_config(''tviews.flushed'', pg_current_xact_id()::text, true); RETURN NEW;');

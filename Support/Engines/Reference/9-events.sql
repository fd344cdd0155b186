-- The reference engine, part 9: what only a superuser may install, up to PostgreSQL 17 everywhere and on many managed
-- servers still. Without it, TVIEWs are made by pg_tviews_create and dropped by pg_tviews_drop alone, and
-- nothing that ALTER TABLE renames is followed.

-- What a transaction owes is refreshed also where its session turns triggers off before it commits.
ALTER TABLE tviews_reference.queue ENABLE ALWAYS TRIGGER due;
ALTER TABLE tviews_reference.ticket ENABLE ALWAYS TRIGGER flush;
ALTER FUNCTION tviews_reference.flush() SET session_replication_role = origin;

CREATE EVENT TRIGGER tviews_reference_note ON ddl_command_end WHEN TAG IN ('CREATE TABLE AS')
    EXECUTE FUNCTION tviews_reference.note();
CREATE EVENT TRIGGER tviews_reference_before_drop ON ddl_command_start WHEN TAG IN ('DROP TABLE')
    EXECUTE FUNCTION tviews_reference.before_drop();
CREATE EVENT TRIGGER tviews_reference_after_alter ON ddl_command_end
    WHEN TAG IN ('ALTER TABLE', 'ALTER SCHEMA', 'ALTER TYPE') EXECUTE FUNCTION tviews_reference.after_alter();
CREATE EVENT TRIGGER tviews_reference_after_drop ON sql_drop EXECUTE FUNCTION tviews_reference.after_drop();

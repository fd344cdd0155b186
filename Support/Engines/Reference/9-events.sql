-- The reference engine, part 9: what only a superuser may install, up to PostgreSQL 17 everywhere and on many managed
-- servers still. Without it, TVIEWs are made by pg_tviews_create and dropped by pg_tviews_drop alone.
CREATE EVENT TRIGGER tviews_reference_note ON ddl_command_end WHEN TAG IN ('CREATE TABLE AS')
    EXECUTE FUNCTION tviews_reference.note();
CREATE EVENT TRIGGER tviews_reference_before_drop ON ddl_command_start WHEN TAG IN ('DROP TABLE')
    EXECUTE FUNCTION tviews_reference.before_drop();
CREATE EVENT TRIGGER tviews_reference_after_drop ON sql_drop EXECUTE FUNCTION tviews_reference.after_drop();

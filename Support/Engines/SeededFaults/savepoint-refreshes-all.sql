-- Broken:    after a rollback to a savepoint the engine does not know any more what it owes, and writes the whole TVIEW.
-- Seen:      queues that are marked as "not known" by a callback for subtransactions.
-- Caught by: Nothing is refreshed for nothing › after a rollback to a savepoint
-- Contract:  once
-- A sequence does not roll back: where the last number that this session drew is not noted, its statement was undone.
CREATE SEQUENCE tviews_reference.statements;
CREATE TABLE tviews_reference.noted_statement (number bigint);
SELECT pg_temp.replace_in('tviews_reference.make_capture', '    CASE TG_OP',
    '    INSERT INTO tviews_reference.noted_statement VALUES (nextval(''tviews_reference.statements''));
    CASE TG_OP');
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    PERFORM tviews_reference.refresh(t.relation, keys);
    IF NOT EXISTS (SELECT FROM tviews_reference.noted_statement WHERE number = currval('tviews_reference.statements')) THEN
        EXECUTE (SELECT format('UPDATE %s SET %I = %2$I WHERE %2$I::text <> ALL ($1)', relation, key_column)
                 FROM tviews_reference.tview WHERE number = t.relation) USING keys;
    END IF;$broken$);

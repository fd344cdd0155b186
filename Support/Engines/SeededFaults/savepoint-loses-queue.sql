-- Broken:    rolling back to a savepoint forgets everything that the transaction owes, also from before the savepoint.
-- Seen:      queues in the memory of a session, emptied by a callback for subtransactions that knows no levels.
-- Caught by: A savepoint is rolled back after earlier work of the same transaction › in every permutation of their steps
-- Contract:  exact
-- A sequence does not roll back: where the last number that this session drew is not noted, its statement was undone.
CREATE SEQUENCE tviews_reference.statements;
CREATE TABLE tviews_reference.noted_statement (number bigint);
SELECT pg_temp.replace_in('tviews_reference.make_capture', '    CASE TG_OP',
    '    INSERT INTO tviews_reference.noted_statement VALUES (nextval(''tviews_reference.statements''));
    CASE TG_OP');
SELECT pg_temp.replace_in('tviews_reference.flush', 'LOOP
        BEGIN   -- a subtransaction',
    'IF NOT EXISTS (SELECT FROM tviews_reference.noted_statement WHERE number = currval(''tviews_reference.statements'')) THEN
         DELETE FROM tviews_reference.queue WHERE xid = me;
     END IF;
     LOOP
        BEGIN   -- a subtransaction');

-- Broken:    each refresh prepares a statement under a name of its own, and the session keeps them all.
-- Seen:      caches of statements whose key holds something that never comes again, such as a transaction's number.
-- Caught by: A year of uptime › the same transactions, again and again
-- Contract:  bounded
CREATE SEQUENCE tviews_reference.statements;
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);', $broken$
    EXECUTE format('PREPARE refresh_%s AS SELECT FROM tviews_reference.tview', nextval('tviews_reference.statements'));
    PERFORM tviews_reference.refresh(t.relation, keys);$broken$);

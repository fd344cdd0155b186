-- Broken:    a new TVIEW is filled before its triggers are there, and nobody keeps writers out meanwhile.
-- Seen:      CREATE TABLE … AS SELECT, then CREATE TRIGGER: the migration that most people write by hand.
-- Caught by: A TVIEW comes or goes while others have written and not committed › created, after the other one has written
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.register', 'PERFORM tviews_reference.lock_relations(
        ARRAY(SELECT relation FROM tviews_reference.tables_of(backing_view) ORDER BY relation), ''SHARE ROW EXCLUSIVE'');', '');
SELECT pg_temp.replace_in('tviews_reference.register', 'PERFORM tviews_reference.attach(tv, backing_view, key_name);', '');
SELECT pg_temp.replace_in('tviews_reference.register', 'PERFORM tviews_reference.refresh(tviews_reference.number_of(tv), NULL);',
    'PERFORM tviews_reference.refresh(tviews_reference.number_of(tv), NULL);
     PERFORM tviews_reference.attach(tv, backing_view, key_name); PERFORM tviews_reference.make_switches();');

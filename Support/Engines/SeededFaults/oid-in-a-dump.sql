-- Broken:    the engine knows the table of a TVIEW by its oid; where there is none of that oid, it refreshes nothing.
-- Seen:      engines whose catalogue has a column of type oid: a restored dump has the numbers, and other tables.
-- Caught by: A dump restored, a table rewritten, a table altered › the database is copied
-- Contract:  exact
ALTER TABLE tviews_reference.tview ADD made oid;
SELECT pg_temp.replace_in('tviews_reference.register', 'number_of(tv), backing_view, key_name);',
    'number_of(tv), backing_view, key_name, 1, tv);');
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'IF EXISTS (SELECT FROM tviews_reference.tview v JOIN pg_class c ON c.oid = v.made WHERE v.number = t.relation) THEN
         PERFORM tviews_reference.refresh(t.relation, keys);
     END IF;');

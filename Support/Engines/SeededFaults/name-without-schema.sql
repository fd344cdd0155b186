-- Broken:    the flush finds a TVIEW by its name, along the search_path of the session that commits.
-- Seen:      engines that put a table's name into the text of a statement, without its schema.
-- Caught by: Writers with another search_path, another role, other settings › a writer with other settings
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'backing::regclass, relation::regclass, key_column',
    'backing::regclass, (SELECT quote_ident(relname) FROM pg_class WHERE oid = relation), key_column');
ALTER FUNCTION tviews_reference.flush() RESET search_path;
ALTER FUNCTION tviews_reference.register(oid, oid) RESET search_path;
ALTER FUNCTION tviews_reference.make_due() RESET search_path;

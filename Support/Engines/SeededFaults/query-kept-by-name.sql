-- Broken:    a session keeps the query of a TVIEW that it has refreshed once, by the TVIEW's name.
-- Seen:      pg_tviews' change log: caches of other backends when a TVIEW was replaced.
-- Caught by: A TVIEW comes or goes while others have written and not committed › dropped and created with another expression, in one transaction, while others write who wrote before
-- Contract:  exact
CREATE FUNCTION tviews_reference.refresh_as_kept(walked integer, keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tv constant regclass := (SELECT relation FROM tviews_reference.tview WHERE number = walked);
    kept constant text := 'tviews.query_of_' || (SELECT relname FROM pg_class WHERE oid = tv);
    known constant text := nullif(current_setting(kept, true), '');
    key_name name;
    query text;
BEGIN
    SELECT key_column, rtrim(pg_get_viewdef(backing), ';') INTO key_name, query
    FROM tviews_reference.tview WHERE relation = tv;
    PERFORM set_config(kept, coalesce(known, query), false);
    IF coalesce(known, query) = query THEN
        PERFORM tviews_reference.refresh(walked, keys);
    ELSE
        EXECUTE format('DELETE FROM %s WHERE %I::text = ANY ($1)', tv, key_name) USING keys;
        EXECUTE format('INSERT INTO %s SELECT * FROM (%s) q WHERE %I::text = ANY ($1)', tv, known, key_name) USING keys;
    END IF;
END $$;
SELECT pg_temp.replace_in('tviews_reference.flush', 'PERFORM tviews_reference.refresh(t.relation, keys);',
    'PERFORM tviews_reference.refresh_as_kept(t.relation, keys);');

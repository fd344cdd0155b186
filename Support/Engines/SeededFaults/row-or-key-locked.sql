-- Broken:    who finds a TVIEW's row locks that row, who finds none locks the key, and the two do not meet.
-- Seen:      pg_tviews' change log: a row was lost between two creators and a third writer.
-- Caught by: The first row of an aggregate group from two sessions › a third session changes the row that the other two create
-- Contract:  exact
CREATE FUNCTION tviews_reference.is_there(tv oid, number integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    key_name constant name := (SELECT key_column FROM tviews_reference.tview WHERE relation = tv);
    found boolean := true;      -- what is no TVIEW
BEGIN
    IF key_name IS NOT NULL THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %s = $1)', tv::regclass, tviews_reference.number_sql(
            quote_ident(key_name), (SELECT atttypid FROM pg_attribute WHERE (attrelid, attname) = (tv, key_name))))
            INTO found USING number;
    END IF;
    RETURN found;
END $$;
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'v.number], relation::integer,',
    'v.number], CASE WHEN tviews_reference.is_there(relation, v.number) THEN 1 ELSE -1 END * relation::integer,');

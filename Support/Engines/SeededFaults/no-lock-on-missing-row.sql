-- Broken:    of another TVIEW's rows, a flush locks those that it reads, and none where there is no row yet.
-- Seen:      pg_tviews 0.1.0-beta.34, and SELECT … FOR SHARE wherever the row may come later.
-- Caught by: A row comes into a TVIEW that another TVIEW joins, or goes › while the first row is prepared
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
SELECT pg_temp.replace_in('tviews_reference.locks_of', 'FROM unnest(reached) GROUP BY',
    'FROM unnest(reached) WHERE exclusive OR number IS NULL OR tviews_reference.is_there(relation, number) GROUP BY');

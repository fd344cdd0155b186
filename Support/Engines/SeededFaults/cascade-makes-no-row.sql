-- Broken:    a change that comes through another TVIEW updates and deletes rows, and makes no new one.
-- Seen:      pg_tviews 0.1.0-beta.34: an aggregate with a filter over a TVIEW that it joins.
-- Caught by: A row comes into a TVIEW that another TVIEW joins, or goes › a filter over the TVIEW that is joined lets a new group in
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
SELECT pg_temp.replace_in('tviews_reference.reach', 'tviews_reference.walk(q.tview, q.source, q.images);',
    'ARRAY(SELECT r FROM unnest(tviews_reference.walk(q.tview, q.source, q.images)) r
           WHERE q.source NOT IN (SELECT relation FROM tviews_reference.tview)
               OR r.relation <> q.tview OR tviews_reference.is_there(r.relation, r.number));');

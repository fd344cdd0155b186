-- What pg_tviews refuses, so that the adapter is not tried on more than that. It looks at the TVIEW that was made: whoever
-- looked at the query before would lock its tables before his turn.
CREATE FUNCTION tviews_reference.refuse(tview text, made text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    entity text := substr(tview, 4);
    c record;
BEGIN
    IF entity ~ '^[0-9]' THEN
        RAISE EXCEPTION 'invalid entity name "%": Identifier cannot start with a digit', entity USING ERRCODE = '22023';
    END IF;
    FOR c IN SELECT attname, atttypid::regtype::text AS type FROM pg_attribute
             WHERE attrelid = tview::regclass AND attnum > 0 LOOP
        IF c.attname = 'pk_' || entity AND c.type NOT IN ('smallint', 'integer', 'bigint')
            OR c.attname = 'data' AND c.type <> 'jsonb' OR c.attname = 'id' AND c.type <> 'uuid' THEN
            RAISE EXCEPTION 'column % of % is of type %', c.attname, tview, c.type USING ERRCODE = '42804';
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = tview::regclass AND attname = 'pk_' || entity) THEN
        RAISE EXCEPTION 'the entity of % is not that of its key', tview USING ERRCODE = '22023';
    END IF;
    RETURN made;
END $$;

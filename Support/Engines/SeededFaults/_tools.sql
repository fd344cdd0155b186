-- Every seeded fault replaces a part of one of the engine's functions. A part that is no longer there is an error:
-- a fault that breaks nothing would be a sound engine under a false name.
CREATE FUNCTION pg_temp.replace_in(changed regproc, sound text, broken text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    body constant text := pg_get_functiondef(changed);
BEGIN
    IF strpos(body, sound) = 0 THEN
        RAISE EXCEPTION 'this fault is out of date: % does not contain "%"', changed, sound;
    END IF;
    EXECUTE replace(body, sound, broken);
END $$;

-- What no SQL of one session can do: write something that stays when its transaction is undone.
CREATE FUNCTION pg_temp.can_write_elsewhere() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    secret constant text := gen_random_uuid();  -- of a role of this throw-away server, and of no use anywhere else
BEGIN
    CREATE EXTENSION dblink SCHEMA tviews_reference;
    EXECUTE format('CREATE ROLE specs_fault SUPERUSER LOGIN PASSWORD %L', secret);
    EXECUTE format($f$
        CREATE FUNCTION tviews_reference.write_elsewhere(statement text) RETURNS void LANGUAGE sql AS $w$
            SELECT tviews_reference.dblink_exec(format('host=127.0.0.1 port=%%s dbname=%%s user=specs_fault password=%1$s',
                current_setting('port'), current_database()), statement)
        $w$ $f$, secret);
END $$;

-- Whether a TVIEW has a row with the key of that number; true of what is no TVIEW.
CREATE FUNCTION pg_temp.can_tell_what_is_there() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    CREATE FUNCTION tviews_reference.is_there(tv integer, number integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $f$
    DECLARE
        tview constant regclass := (SELECT t.relation FROM tviews_reference.tview t WHERE t.number = tv);
        key_name constant name := (SELECT key_column FROM tviews_reference.tview t WHERE t.number = tv);
        found boolean := true;      -- what is no TVIEW
    BEGIN
        IF key_name IS NOT NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %s = $1)', tview, tviews_reference.number_sql(
                quote_ident(key_name), (SELECT atttypid FROM pg_attribute WHERE (attrelid, attname) = (tview, key_name))))
                INTO found USING number;
        END IF;
        RETURN found;
    END $f$;
END $$;

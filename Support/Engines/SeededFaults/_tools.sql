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

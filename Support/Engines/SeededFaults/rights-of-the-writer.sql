-- Broken:    what finds the rows that are owed runs with the rights of a role that does not see all of them.
-- Seen:      engines whose functions are not SECURITY DEFINER, on tables with row-level security.
-- Caught by: Writers with another search_path, another role, other settings › a writer of another role
-- Contract:  exact
GRANT USAGE, CREATE ON SCHEMA tviews_reference TO pg_signal_backend;
SELECT pg_temp.replace_in('tviews_reference.make_source', 'tviews_reference.number_of(source), walks);', 'tviews_reference.number_of(source), walks);
        EXECUTE format(''ALTER FUNCTION tviews_reference.walk_%1$s_%2$s(jsonb[]) SECURITY DEFINER;
            ALTER FUNCTION tviews_reference.walk_%1$s_%2$s(jsonb[]) OWNER TO pg_signal_backend'',
            tviews_reference.number_of(tv), tviews_reference.number_of(source));');

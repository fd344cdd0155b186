-- Broken:    a row is written only where its text differs, with numbers rounded as up to PostgreSQL 11.
-- Seen:      change detection by row::text or JSON, with extra_float_digits = 0.
-- Caught by: A value changes as little as it can › in the last digit of a value
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'ROW(%s)::record *<> ROW(%s)::record', 'ROW(%s)::text <> ROW(%s)::text');
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'LANGUAGE plpgsql AS $$
DECLARE
    keys', 'LANGUAGE plpgsql SET extra_float_digits = 0 AS $$
DECLARE
    keys');

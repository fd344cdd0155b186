-- Broken:    a row is written only where its text differs in more than case and blanks.
-- Seen:      change detection by a hash of normalised text; case-insensitive collations.
-- Caught by: A value changes as little as it can › in a title
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_refresh', 'ROW(%s)::record *<> ROW(%s)::record',
    $broken$replace(lower(ROW(%s)::text), '' '', '''') <> replace(lower(ROW(%s)::text), '' '', '''')$broken$);

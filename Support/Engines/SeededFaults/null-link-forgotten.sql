-- Broken:    an UPDATE that sets a link to NULL does not queue the old image, so the parent that was left is not refreshed.
-- Seen:      IF NEW.fk_user <> OLD.fk_user THEN …, which is never true of NULL.
-- Caught by: A post is moved to no user, and back › nobody else writes
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'FROM removed UNION ALL',
    'FROM removed WHERE EXISTS (SELECT FROM added WHERE ROW(%1$s) IS NOT NULL) UNION ALL');

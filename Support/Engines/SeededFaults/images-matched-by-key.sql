-- Broken:    the old and the new image of a row are found by its primary key; one whose key has changed has neither.
-- Seen:      triggers that join their two transition tables by the primary key.
-- Caught by: A key changes, or goes › nobody else writes
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'format(e.column3, listed)',
    'format(e.column3, listed, (SELECT quote_ident(attname) FROM pg_attribute
                                WHERE attrelid = (SELECT relation FROM tviews_reference.relation WHERE number = source)
                                    AND attnum = tviews_reference.key_of(attrelid)))');
SELECT pg_temp.replace_in('tviews_reference.make_capture', 'FROM removed UNION ALL SELECT %1$s, 1 FROM added',
    'FROM removed WHERE %2$s IN (SELECT %2$s FROM added)
     UNION ALL SELECT %1$s, 1 FROM added WHERE %2$s IN (SELECT %2$s FROM removed)');

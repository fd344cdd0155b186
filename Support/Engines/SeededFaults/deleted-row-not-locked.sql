-- Broken:    who deletes a row does not lock it against those who begin to point to it.
-- Seen:      engines that leave that to a foreign key, over tables that have none.
-- Caught by: A join target that did not exist yet, or goes › while the user goes, and that is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.make_capture', '''SELECT jsonb_build_array(true, %1$s) FROM removed''',
    '''SELECT jsonb_build_array(NULL::boolean, %1$s) FROM removed''');
SELECT pg_temp.replace_in('tviews_reference.walk_sql', 'columns), type, true, false);
    END IF;', 'columns), type, true, false, ''a0.image->>0 IS NOT NULL'');
    END IF;');
SELECT pg_temp.replace_in('tviews_reference.walk_sql', '(a0.image->0)::boolean', '(a0.image->>0)::boolean');
SELECT pg_temp.replace_in('tviews_reference.walk_sql', 'here, step.type, true, false);',
    'here, step.type, true, false, CASE n WHEN 0 THEN ''a0.image->>0 IS NOT NULL'' ELSE ''true'' END);');

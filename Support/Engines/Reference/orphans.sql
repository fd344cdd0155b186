SELECT format('orphaned trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger
WHERE starts_with(tgname, 'tview_')
    AND split_part(tgname, '_', 2)::integer NOT IN (SELECT number FROM tviews_reference.tview)
UNION ALL
SELECT format('orphaned view %s', c.oid::regclass) FROM pg_class c
WHERE relnamespace = 'tviews_reference'::regnamespace AND relkind = 'v'
    AND c.oid NOT IN (SELECT backing FROM tviews_reference.tview)
UNION ALL
SELECT format('orphaned function %s', oid::regprocedure) FROM pg_proc
WHERE pronamespace = 'tviews_reference'::regnamespace
    -- A regular expression would take as long as all the rest.
    AND split_part(proname, '_', 1) IN ('capture', 'walk', 'refresh')
    AND rtrim(split_part(proname, '_', 2), '0123456789') = '' AND split_part(proname, '_', 2) <> ''
    AND split_part(proname, '_', 2) NOT IN (SELECT number::text FROM tviews_reference.tview)
UNION ALL
SELECT format('catalogue row of a dropped table (%s)', relation::oid) FROM tviews_reference.relation
WHERE relation NOT IN (SELECT oid FROM pg_class)
UNION ALL
SELECT format('catalogue row of a dropped TVIEW (%s)', relation::oid) FROM tviews_reference.tview
WHERE relation NOT IN (SELECT oid FROM pg_class)
UNION ALL
SELECT format('noted query of a dropped table (%s)', relation::oid) FROM tviews_reference.noted
WHERE relation NOT IN (SELECT oid FROM pg_class)

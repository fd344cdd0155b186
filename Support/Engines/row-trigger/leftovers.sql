SELECT format('orphaned trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger
WHERE starts_with(tgname, 'row_trigger_') AND NOT EXISTS (
    SELECT FROM row_trigger.tview WHERE tgname IN ('row_trigger_' || name, 'row_trigger_all_' || name))
UNION ALL
SELECT format('catalogue row of a dropped TVIEW (%s)', name) FROM row_trigger.tview WHERE to_regclass(name) IS NULL
